import { type Clock, type Core, findLinkByCode, spendRedirect } from '../core'
import { type Cache, type LinkAddress, leadTo, type Target, withQuery } from './cache'
import type { OutcomeName, Respond } from './outcomes'
import { isPreviewFetch } from './preview-bots'
import type { recorder } from './record'

type Needs = {
  core: Core
  cache: Cache
  clock: Clock
  record: ReturnType<typeof recorder>
  say: Respond
  /** the page for those who must neither see nor use up a link */
  neutral: () => Response
}

export type Follower = ReturnType<typeof createFollower>

/** Following a link: gate → answer → click. Only links with a ceiling wait for anything. */
export const createFollower = ({ core, cache, clock, record, say, neutral }: Needs) => {
  /** The link as the database has it now. */
  async function find({ domainId, code }: LinkAddress): Promise<Target | null> {
    const link = await findLinkByCode(core, domainId, code)
    return link === null ? null : cache.keep(link)
  }

  const stateOf = (target: Target, now: number) => {
    const state = core.suspensions.gateOf(target, now)
    return state === 'open' && target.href === '' ? 'nowhere' : state
  }

  const visit = (
    request: Request,
    target: Target,
    started: number,
  ): Response | Promise<Response> => {
    const now = clock.now()
    const state = stateOf(target, now)
    if (state === 'open' && target.maxClicks === null) {
      if (request.method !== 'HEAD') record(request, target.id, started, now)
      return new Response(null, answerTo(request, target))
    }
    if (state !== 'open' && state !== 'locked') return refuse(request, state, target)
    if (isPreviewFetch(request)) return neutral()
    return state === 'locked' ? say(request, 'locked') : spend(request, target, started)
  }

  /** Takes one of a limited link's redirects, for good, before the answer that leads there. */
  async function spend(request: Request, target: Target, started: number) {
    if (!(await spendRedirect(core, target.id))) return refuseSpent(request, target)
    record(request, target.id, started, clock.now())
    return new Response(null, answerTo(request, target))
  }

  /** What was cached let the visit in, the database did not: the link has changed meanwhile. */
  async function refuseSpent(request: Request, place: LinkAddress) {
    const fresh = await find(place)
    if (fresh === null) return say(request, 'missing')
    const state = core.suspensions.gateOf(fresh, clock.now())
    return refuse(request, state === 'open' || state === 'locked' ? 'spent' : state, fresh)
  }

  /** Leads whoever knew the password to the destination, if the link is still as it was. */
  async function admit(request: Request, target: Target, started: number) {
    const fresh = await find(target)
    if (fresh === null || fresh.passwordHash !== target.passwordHash) return say(request, 'wrong')
    const state = core.suspensions.gateOf(fresh, clock.now())
    if (state !== 'locked') return refuse(request, state === 'open' ? 'wrong' : state, fresh)
    return followForm(request, fresh, started)
  }

  /** Leads from a form to the destination; that, too, takes one redirect of a limited link. */
  async function followForm(request: Request, target: Target, started: number) {
    if (target.href === '') return refuse(request, 'nowhere', target)
    if (target.maxClicks !== null && !(await spendRedirect(core, target.id)))
      return refuseSpent(request, target)
    record(request, target.id, started, clock.now())
    return new Response(null, leadTo(hrefFor(request, target), 303))
  }

  /** Says why a link can't be followed, and of one that is not open yet when it will be. */
  const refuse = (request: Request, why: OutcomeName, { startsAt }: Target) => {
    const wait = why === 'early' && startsAt !== null ? startsAt.getTime() - clock.now() : 0
    return say(request, why, wait > 0 ? Math.ceil(wait / 1000) : undefined)
  }

  return { find, stateOf, visit, admit, followForm, refuse }
}

/** The prepared answer, unless the link forwards the visit's query. */
const answerTo = (request: Request, target: Target): ResponseInit =>
  target.forwardQuery && request.url.includes('?')
    ? leadTo(hrefFor(request, target), target.answer.status ?? 302)
    : target.answer

const hrefFor = ({ url }: Request, { forwardQuery, href }: Target): string => {
  const at = url.indexOf('?')
  return forwardQuery && at > 0 && at < url.length - 1 ? withQuery(href, url.slice(at + 1)) : href
}
