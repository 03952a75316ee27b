import { timingSafeEqual } from 'node:crypto'
import { Elysia } from 'elysia'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Clicks } from '../clicks'
import type { RequestLogEntry } from '../http'
import type { Counters } from '../redirect'
import type { Store } from '../store'
import { gauges } from './gauges'

type Needs = {
  /** what a reader of `/metrics` must present; null: there are no metrics at all */
  token: string | null
  clicks: Pick<Clicks, 'figures' | 'subscribe'>
  store: Pick<Store, 'upkeep'>
  healthy: () => boolean
  figures: Counters
}

/**
 * Prometheus metrics. Redirects are counted when their clicks are stored, so that nothing is added to
 * their path; no label ever holds a code. Answers null without a token.
 */
export const createMetrics = ({ token, clicks, store, healthy, figures }: Needs) => {
  if (token === null) return null
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const own = { registers: [registry] }
  const requests = new Counter({
    ...own,
    name: 'snug_requests_total',
    help: 'Requests of the APIs, by route and status',
    labelNames: ['method', 'route', 'status'],
  })
  const seconds = new Histogram({
    ...own,
    name: 'snug_request_duration_seconds',
    help: 'Time to answer requests of the APIs',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
  })
  const redirects = new Counter({
    ...own,
    name: 'snug_redirects_total',
    help: 'Followed links, once their clicks are stored',
    labelNames: ['visitor'],
  })
  const redirectSeconds = new Histogram({
    ...own,
    name: 'snug_redirect_duration_seconds',
    help: 'Time from a visit to its redirect, inside the program',
    buckets: [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1],
  })
  for (const { name, help, read } of gauges({ clicks, store, healthy, figures }))
    new Gauge({
      ...own,
      name,
      help,
      collect() {
        this.set(read())
      },
    })
  new Counter({
    ...own,
    name: 'snug_redirect_refusals_total',
    help: 'Visitors of short links who were told something instead of being redirected',
    labelNames: ['outcome'],
    collect() {
      this.reset()
      for (const [outcome, told] of Object.entries(figures.refused)) this.inc({ outcome }, told)
    },
  })
  clicks.subscribe((stored) => {
    for (const { bot, redirectUs } of stored) {
      redirects.inc({ visitor: bot === null ? 'person' : 'bot' })
      redirectSeconds.observe(redirectUs / 1e6)
    }
  })

  return {
    seen: ({ method, route, status, ms }: RequestLogEntry) => {
      requests.inc({ method, route, status })
      seconds.observe(ms / 1000)
    },
    routes: new Elysia({ name: 'metrics' }).get('/metrics', async function getMetrics({ request }) {
      if (!isToken(request.headers.get('authorization'), token))
        return new Response('A bearer token is needed\n', {
          status: 401,
          headers: { ...plain, 'WWW-Authenticate': 'Bearer' },
        })
      return new Response(await registry.metrics(), {
        headers: { ...plain, 'Content-Type': registry.contentType },
      })
    }),
  }
}

const plain = {
  'Content-Type': 'text/plain; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
}

const isToken = (sent: string | null, token: string) =>
  timingSafeEqual(digest(sent ?? ''), digest(`Bearer ${token}`))

const digest = (text: string) => new Bun.CryptoHasher('sha256').update(text).digest()
