import { Elysia } from 'elysia'
import { version } from '../package.json'
import { admin } from './admin'
import { type DialectContext, mountApis, reference, signIn } from './api'
import { createBackups } from './backups'
import { defaultDomain } from './core'
import { createDialectContext } from './dialect-context'
import { dialects } from './dialects'
import { probes, withAbsoluteUrls, withStrictTransport } from './http'
import { jobs } from './jobs'
import { landing } from './landing'
import type { PeerOf } from './net'
import { redirect } from './redirect'
import { type Needs, type Services, startServices } from './services'

/** Seconds that a long answer may stand still before a client that no longer reads is cut off: Bun's most. */
const longestPause = 255

/** The map: composes everything into one server. `close` drains what is under way. */
export async function createApp(needs: Needs) {
  const services = await startServices(needs)
  const { config, store, core, clicks, webhooks, health, metrics } = services
  const peerOf: PeerOf = (request) => server.server?.requestIP(request)?.address ?? null
  const auth = services.signInWith(needs.peerOf ?? peerOf)
  const context = createDialectContext(services, {
    environment: needs.config,
    peerOf: needs.peerOf ?? peerOf,
    sessionOf: needs.sessionOf ?? auth.sessionOf,
    disableTimeout: (request) => server.server?.timeout(request, longestPause),
  })
  // No hooks here: any hook of the root would run on every redirect. Dialects carry their own.
  const server = new Elysia({
    handler: { standardHostname: false }, // hosts under four characters (`go`) misroute otherwise
    serve: { development: false, reusePort: false, idleTimeout: 30, maxRequestBodySize: 2 ** 24 },
  })
    .use(probes(health.healthy))
    .use(landing(() => config.public))
    .use(signIn(context, auth))
    .use(admin(config.baseUrl))
  if (metrics !== null) server.use(metrics.routes)
  const served = dialects.map(({ dialect, routes }) => ({ dialect, app: routes(context) }))
  const apis = mountApis(server, served, context)
  server.use(reference(served, { version, baseUrl: config.baseUrl }))
  server.use(redirect({ ...context, ...services }))
  withAbsoluteUrls(server)
  if (config.baseUrl?.startsWith('https:'))
    withStrictTransport(server, (request) => isOwnDomain(services, context, request))

  return {
    server,
    apis,
    context,
    core,
    clicks,
    webhooks,
    /** Makes one scheduled backup. */
    backUp: createBackups(services),
    jobs: jobs(services),
    /** Ends answers that would go on for ever, so that the server can stop. */
    hangUp: core.live.close,
    /** Stores what was counted and clicked, and closes the database. */
    async close() {
      webhooks.close()
      await core.keyUses.flush()
      await clicks.close()
      await auth.drain()
      await webhooks.drain()
      await store.close()
    },
  }
}

/** Whether a request is for somebody's own domain; while there is none, no host is even read. */
const isOwnDomain = (
  { core, client }: Services,
  { peerOf }: Pick<DialectContext, 'peerOf'>,
  request: Request,
) =>
  core.hosts.any() &&
  core.hosts.domainOf(client.host(request, peerOf(request) ?? '')) !== defaultDomain
