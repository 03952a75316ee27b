import { Elysia } from 'elysia'
import type { Clicks } from '../clicks'
import { type Clock, type Core, defaultDomain } from '../core'
import type { ReportError } from '../http'
import type { PeerOf, ProxyTrust } from '../net'
import { createCache, type LinkAddress } from './cache'
import type { Counters } from './counters'
import { createFollower } from './follow'
import { createRespond, neutralAnswer } from './outcomes'
import { createPreviews } from './preview'
import { recorder } from './record'
import { unlock } from './unlock'

export { type Counters, createCounters } from './counters'

type Needs = {
  core: Core
  clicks: Clicks
  client: ProxyTrust
  peerOf: PeerOf
  clock: Clock
  config: { redirectStatus: number; honorDnt: boolean }
  reportError: ReportError
  figures: Counters
}

/** What can be a code at all; anything else is not even looked up. */
const codeShape = /^[A-Za-z0-9_-]{1,64}$/

/** `/{code}`: cache → gate → answer → click, and what stands beside it. Nothing here waits that need not. */
export const redirect = (needs: Needs) => {
  const { core, client, peerOf, clock, config, reportError } = needs
  const cache = createCache(() => config.redirectStatus)
  core.onLinkChanged(({ link }) => cache.forget(link))
  core.settings.onChanged(cache.forgetAll)
  const say = createRespond(needs.figures.refused)
  const record = recorder(needs)
  const links = createFollower({ core, cache, clock, record, say, neutral: neutralAnswer() })
  const besideOf = createPreviews({ core, client, peerOf, clock, visits: links })
  const admit = unlock({ core, client, peerOf, clock, say, visits: links })

  /** The domain that a request's host stands for; while there is only one, no host is even read. */
  const domainOf = (request: Request) => {
    if (!core.hosts.any()) return defaultDomain
    const peer = client.someTrusted ? (peerOf(request) ?? '') : ''
    return core.hosts.domainOf(client.host(request, peer))
  }

  async function find(place: LinkAddress) {
    return codeShape.test(place.code) ? links.find(place) : null
  }

  const answer = (request: Request, code: string): Response | Promise<Response> => {
    const started = clock.monotonic()
    const place = { domainId: domainOf(request), code }
    const known = cache.get(place)
    if (known !== undefined) return links.visit(request, known, started)
    return look(request, place, started)
  }

  /** What is not in the cache: a link met for the first time, a page beside one, or nothing. */
  async function look(request: Request, place: LinkAddress, started: number) {
    needs.figures.lookups++
    const target = await find(place)
    if (target !== null) return links.visit(request, target, started)
    const wanted = besideOf(place.code)
    const meant = wanted && (await find({ ...place, code: wanted.code }))
    return wanted && meant ? wanted.show(request, meant) : say(request, 'missing')
  }

  async function open(request: Request, code: string) {
    const started = clock.monotonic()
    const target = await find({ domainId: domainOf(request), code })
    return target === null ? say(request, 'missing') : admit(request, target, started)
  }

  return new Elysia({ name: 'redirect' })
    .onError(({ error, request }) => {
      reportError(error, { method: request.method, route: '/{code}' })
      return say(request, 'broken')
    })
    .get('/:code', function getByCode({ request, params }) {
      return answer(request, params.code)
    })
    .head('/:code', function headByCode({ request, params }) {
      return answer(request, params.code)
    })
    .post(
      '/:code',
      function postByCode({ request, params }) {
        return open(request, params.code)
      },
      { parse: 'none' },
    )
    .all('/*', function allRest({ request }) {
      return say(request, 'missing')
    })
}
