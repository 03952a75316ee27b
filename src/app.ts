import { type AnyElysia, Elysia } from 'elysia'
import { version } from '../package.json'
import { admin } from './admin'
import { createAuth, providersOf } from './auth'
import { createBackups } from './backups'
import { createClicks } from './clicks'
import { type Config, changedOptions } from './config'
import { type Clock, createCore, type Random, type ResolveTxt } from './core'
import { dialects } from './dialects'
import { resolveTxt } from './dns'
import {
  createClient,
  createHealth,
  type Dialect,
  type Kit,
  type PeerOf,
  probes,
  reference,
  type SessionOf,
  signIn,
  signInLimits,
  speakElsewhere,
} from './http'
import { jobs } from './jobs'
import { landing } from './landing'
import type { Log } from './log'
import { createMail } from './mail'
import { createMetrics } from './metrics'

import { createFigures, redirect } from './redirect'
import { createLists, createSafeBrowsing } from './safety'
import type { Store } from './store'
import { createSystem } from './system'
import { startWebhooks } from './webhooks'

type CoreNeeds = {
  config: Config
  store: Store
  clock: Clock
  random: Random
  /** the instance's secret: seals keys, signs cookies */
  secret: string
  /** how a test answers for the DNS */
  resolveTxt?: ResolveTxt
  /** what else is asked about destinations; unset: nobody */
  isUnsafe?: (href: string) => Promise<boolean>
}

type Needs = CoreNeeds & {
  log: Log
  /** how a test says who calls; unset: asked of the server */
  peerOf?: PeerOf
  /** how a test signs people in */
  sessionOf?: SessionOf
}

const nobodySays = async () => false

/** The rules over a store, with the first segment of every route reserved. */
export const createCoreOf = ({ config, secret, ...needs }: CoreNeeds) => {
  const routes = dialects.flatMap(({ dialect }) =>
    dialect.roots.map((root) => root.split('/')[1] ?? ''),
  )
  const limits = [...dialects.flatMap(({ dialect }) => dialect.limits), ...signInLimits]
  return createCore({
    resolveTxt,
    isUnsafe: nobodySays,
    ...needs,
    options: { ...config, secret },
    routes,
    limits,
  })
}

const unbelieved =
  'forwarding headers of {peer} are not believed; if it is your proxy, set SNUG_TRUSTED_PROXIES'

/** What the operator is told of requests. */
const operator = (
  log: Log,
  { accessLog }: Pick<Config, 'accessLog'>,
  metrics: ReturnType<typeof createMetrics>,
): Pick<Kit, 'surprise' | 'seen'> => ({
  surprise: (error, request, requestId) =>
    log.error('unexpected error at {method} {path}: {error}', {
      method: request.method,
      path: URL.parse(request.url)?.pathname,
      requestId,
      error,
    }),
  seen: (request) => {
    metrics?.seen(request)
    if (accessLog) log.info('{method} {route} {status}', { ...request })
  },
})

/**
 * Mounts the APIs as an app of their own. What the hooks of one plugin read of a request (its headers,
 * cookies, query) Elysia would read for every route of the same app, redirects included.
 */
const mountApis = (
  server: AnyElysia,
  spoken: readonly { dialect: Dialect; app: AnyElysia }[],
  kit: Kit,
) => {
  const apis: AnyElysia = new Elysia({ handler: { standardHostname: false } })
  for (const { dialect, app } of spoken) {
    apis.use(app).use(speakElsewhere(dialect, kit))
    for (const root of dialect.roots)
      for (const path of [root, `${root}/*`])
        server.all(path, ({ request }) => apis.handle(request), { parse: 'none' })
  }
  return apis
}

/** The map: composes everything into one server. `close` drains what is under way. */
export const createApp = async ({ store, clock, random, secret, log, ...given }: Needs) => {
  const key = given.config.safeBrowsingKey
  const isUnsafe = createSafeBrowsing({ key, version, clock, log })
  const core = await createCoreOf({ store, clock, random, secret, isUnsafe, ...given })
  const config = core.settings.over(given.config)
  const lists = createLists({ blocklist: core.blocklist, sources: config.blocklist, clock, log })
  await lists.start()
  const client = createClient(config, (peer) => log.warning(unbelieved, { peer }))
  const clicks = createClicks({ store, clock, random, proxies: client, config, log })
  clicks.subscribe((stored) => void core.live.publish(stored))
  const refusing = () => store.upkeep.refusing() || clicks.figures().failingSince !== null
  const health = createHealth(clock, refusing, store.upkeep.probe)
  if (config.accessLog)
    clicks.subscribe((stored) => {
      for (const { linkId, redirectUs } of stored) log.info('followed', { linkId, redirectUs })
    })
  const webhooks = startWebhooks({
    ...{ core, store, clicks, clock, config },
    failed: (error) => log.warning('an event for webhooks was lost: {error}', { error }),
  })
  const figures = createFigures()
  const metrics = createMetrics({
    ...{ clicks, store, figures, token: config.metricsToken, healthy: health.healthy },
  })
  const peerOf: PeerOf =
    given.peerOf ?? ((request) => server.server?.requestIP(request)?.address ?? null)
  const auth = createAuth({
    ...{ core, store, secret, config, mail: createMail(config) },
    originOf: (request) => client.origin(request, peerOf(request) ?? ''),
    isVouched: (request) => client.trusts(peerOf(request) ?? ''),
    broken: (error) => log.error('signing in failed unexpectedly: {error}', { error }),
  })
  const kit: Kit = {
    about: { version, providers: providersOf(config), environment: changedOptions(given.config) },
    system: createSystem({
      ...{ core, store, clicks, client, clock, config },
      healthy: health.healthy,
    }),
    core,
    client,
    sessionOf: given.sessionOf ?? auth.sessionOf,
    peerOf,
    limits: config.rateLimits,
    unhurried: (request) => server.server?.timeout(request, 0),
    random,
    ...operator(log, config, metrics),
  }
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
  server.use(redirect({ ...kit, clicks, clock, config, figures }))

  return {
    server,
    apis,
    kit,
    core,
    clicks,
    webhooks,
    /** Makes one scheduled backup. */
    backUp: createBackups({ store, clock, config }),
    jobs: jobs({ core, store, clicks, lists, health, webhooks }),
    /** Ends answers that would go on for ever, so that the server can stop. */
    hangUp: core.live.close,
    /** Stores what was counted and clicked, and closes the database. */
    close: async () => {
      webhooks.close()
      await core.keyUses.flush()
      await clicks.close()
      await webhooks.drain()
      await store.close()
    },
  }
}
