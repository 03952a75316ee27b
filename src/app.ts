import { Elysia } from 'elysia'
import { version } from '../package.json'
import { admin } from './admin'
import { type DialectContext, mountApis, type PeerOf, reference, signIn } from './api'
import { createBackups } from './backups'
import { defaultDomain } from './core'
import { createDialectContext } from './dialect-context'
import { dialects } from './dialects'
import { probes, withAbsoluteUrls, withStrictTransport } from './http'
import { jobs } from './jobs'
import { landing } from './landing'
import { redirect } from './redirect'
import { type Needs, type Services, startServices } from './services'

/** Seconds that a long answer may stand still before a client that no longer reads is cut off: Bun's most. */
const longestPause = 255

/** The map: composes everything into one server. `close` drains what is under way. */
export async function createApp(needs: Needs) {
  const parts = await startServices(needs)
  const { config, store, core, clicks, webhooks, health, metrics } = parts
  const peerOf: PeerOf = (request) => server.server?.requestIP(request)?.address ?? null
  const auth = parts.signInWith(needs.peerOf ?? peerOf)
  const kit = createDialectContext(parts, {
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
    .use(signIn(kit, auth))
    .use(admin(config.baseUrl))
  if (metrics !== null) server.use(metrics.routes)
  const spoken = dialects.map(({ dialect, routes }) => ({ dialect, app: routes(kit) }))
  const apis = mountApis(server, spoken, kit)
  server.use(reference(spoken, { version, baseUrl: config.baseUrl }))
  server.use(redirect({ ...kit, ...parts }))
  withAbsoluteUrls(server)
  if (config.baseUrl?.startsWith('https:'))
    withStrictTransport(server, (request) => isOwnDomain(parts, kit, request))

  return {
    server,
    apis,
    kit,
    core,
    clicks,
    webhooks,
    /** Makes one scheduled backup. */
    backUp: createBackups(parts),
    jobs: jobs(parts),
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
