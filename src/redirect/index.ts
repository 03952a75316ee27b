import { Elysia } from 'elysia'
import type { Clicks } from '../clicks'
import { type Clock, type Core, gate } from '../core'
import type { Client, Kit, PeerOf } from '../http'
import { createCache, type Target } from './cache'
import { type Closed, closedAnswers, neutralAnswer } from './outcomes'

type Needs = {
  core: Core
  clicks: Clicks
  client: Client
  peerOf: PeerOf
  clock: Clock
  config: { redirectStatus: number; honorDnt: boolean }
  /** tells the operator of an error nobody expected */
  surprise: Kit['surprise']
}

/** What can be a code at all; anything else is not even looked up. */
const codeShape = /^[A-Za-z0-9_-]{1,64}$/

/** `GET` and `HEAD /{code}`: cache → gate → answer → click. Nothing here waits that need not. */
export const redirect = ({ core, clicks, client, peerOf, clock, config, surprise }: Needs) => {
  const cache = createCache(config.redirectStatus)
  core.onLinkChanged(({ link }) => cache.forget(link.code))
  const closed = closedAnswers()
  const neutral = neutralAnswer()

  const find = async (code: string): Promise<Target | null> => {
    if (!codeShape.test(code)) return null
    const link = await core.links.byCode('', code)
    return link === null ? null : cache.keep(link)
  }

  const visit = (
    request: Request,
    target: Target,
    started: number,
  ): Response | Promise<Response> => {
    const now = clock.now()
    const state = gate(target, now)
    if (state === 'open' && target.maxClicks === null) return follow(request, target, started, now)
    if (state === 'open') return followLimited(request, target, started)
    return refuse(
      request,
      state === 'locked' ? 'missing' : state,
      secondsUntil(target.startsAt, now),
    )
  }

  const follow = (request: Request, target: Target, started: number, now: number) => {
    if (request.method !== 'HEAD') record(request, target, started, now)
    return new Response(null, target.answer)
  }

  /** A link with a ceiling: only a real visit may use it up, and only a committed one is redirected. */
  const followLimited = async (request: Request, target: Target, started: number) => {
    if (request.method === 'HEAD' || isPrefetch(request.headers)) return neutral()
    if (await core.links.spend(target.id)) return follow(request, target, started, clock.now())
    return refuse(request, 'spent')
  }

  const record = (request: Request, target: Target, started: number, now: number) => {
    const { headers } = request
    clicks.record({
      linkId: target.id,
      at: now,
      redirectUs: Math.round((clock.monotonic() - started) * 1000),
      peer: peerOf(request) ?? '',
      host: headers.get('host') ?? '',
      userAgent: headers.get('user-agent'),
      referrer: headers.get('referer'),
      language: headers.get('accept-language'),
      forwardedFor: client.someTrusted ? headers.get('x-forwarded-for') : null,
      cdnCountry: client.someTrusted ? cdnCountry(headers) : null,
      prefetch: isPrefetch(headers),
      untracked: config.honorDnt && (headers.get('dnt') === '1' || headers.get('sec-gpc') === '1'),
    })
  }

  const refuse = (request: Request, why: Closed, retryAfter?: number) =>
    closed(why, request.headers.get('accept'), retryAfter)

  const answer = (request: Request, code: string): Response | Promise<Response> => {
    const started = clock.monotonic()
    const known = cache.get(code)
    if (known !== undefined) return visit(request, known, started)
    return find(code).then((target) =>
      target === null ? refuse(request, 'missing') : visit(request, target, started),
    )
  }

  return new Elysia({ name: 'redirect' })
    .onError(({ error, request }) => {
      surprise(error, request)
      return refuse(request, 'broken')
    })
    .get('/:code', ({ request, params }) => answer(request, params.code))
    .head('/:code', ({ request, params }) => answer(request, params.code))
    .all('/*', ({ request }) => refuse(request, 'missing'))
}

const secondsUntil = (start: Date | null, now: number) =>
  start !== null && start.getTime() > now ? Math.ceil((start.getTime() - now) / 1000) : undefined

const isPrefetch = (headers: Headers) =>
  /prefetch|prerender|preview/i.test(headers.get('sec-purpose') ?? headers.get('purpose') ?? '')

/** Country headers of content networks, believed only from trusted proxies. */
const countryHeaders = [
  'cf-ipcountry',
  'cloudfront-viewer-country',
  'x-vercel-ip-country',
  'cdn-requestcountrycode',
]

const cdnCountry = (headers: Headers) => {
  for (const name of countryHeaders) {
    const country = headers.get(name)
    if (country !== null) return country
  }
  return null
}
