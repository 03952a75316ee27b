import { version } from '../package.json'
import type { SessionOf } from './api'
import { createAuth } from './auth'
import { createClicks } from './clicks'
import { createHealth } from './http'
import type { Log } from './log'
import { createMail } from './mail'
import { createMetrics } from './metrics'
import type { PeerOf } from './net'
import { createProxyTrust } from './net'
import { type OpenCoreNeeds, openCore } from './open-core'
import { createCounters } from './redirect'
import { createLists, createSafeBrowsing } from './safety'
import { startWebhooks } from './webhooks'

export type Needs = OpenCoreNeeds & {
  log: Log
  /** how a test says who calls; unset: asked of the server */
  peerOf?: PeerOf
  /** how a test signs people in */
  sessionOf?: SessionOf
}

export type Services = Awaited<ReturnType<typeof startServices>>

const unbelieved =
  'forwarding headers of {peer} are not believed; if it is your proxy, set SNUG_TRUSTED_PROXIES'

/** The parts that work behind the server: the rules, clicks, sign-in, lists, webhooks, figures. */
export async function startServices({ store, clock, random, secret, log, ...given }: Needs) {
  const key = given.config.safeBrowsingKey
  const isUnsafe = createSafeBrowsing({ key, version, clock, log })
  const core = await openCore({ store, clock, random, secret, isUnsafe, ...given })
  const config = core.settings.over(given.config)
  const lists = createLists({ blocklist: core.blocklist, sources: config.blocklist, clock, log })
  await lists.start()
  const client = createProxyTrust(config, (peer) => log.warning(unbelieved, { peer }))
  const clicks = createClicks({ store, clock, random, proxies: client, config, log })
  clicks.subscribe((stored) => void core.live.publish(stored))
  if (config.accessLog)
    clicks.subscribe((stored) => {
      for (const { linkId, redirectUs } of stored) log.info('followed', { linkId, redirectUs })
    })
  const refusing = () => store.upkeep.refusing() || clicks.figures().failingSince !== null
  const health = createHealth(clock, refusing, store.upkeep.probe)
  const webhooks = startWebhooks({
    core,
    store,
    clicks,
    clock,
    config,
    failed: (error) => log.warning('webhooks failed unexpectedly: {error}', { error }),
  })
  const figures = createCounters()
  const metrics = createMetrics({
    clicks,
    store,
    figures,
    token: config.metricsToken,
    healthy: health.healthy,
  })
  const signInWith = (peerOf: PeerOf) =>
    createAuth({
      core,
      store,
      secret,
      config,
      mail: createMail(config),
      originOf: (request) => client.origin(request, peerOf(request) ?? ''),
      isVouched: (request) => client.trusts(peerOf(request) ?? ''),
      warn: (message, properties) => log.warning(message, properties),
      reportError: (error) => log.error('signing in failed unexpectedly: {error}', { error }),
    })
  return {
    config,
    store,
    clock,
    random,
    log,
    core,
    lists,
    client,
    clicks,
    health,
    webhooks,
    figures,
    metrics,
    signInWith,
  }
}
