import { version } from '../package.json'
import type { DialectContext } from './api'
import { providersOf } from './auth'
import { type Config, changedOptions } from './config'
import type { Services } from './services'
import { createSystem } from './system'

/** What only the running server and its start can say. */
type Server = Pick<DialectContext, 'sessionOf' | 'peerOf' | 'disableTimeout'> & {
  environment: Config
}

/** What every dialect needs of the program around it. */
export const createDialectContext = (
  parts: Services,
  { environment, ...server }: Server,
): DialectContext => {
  const { core, client: proxies, config, random, health } = parts
  return {
    about: { version, providers: providersOf(config), environment: changedOptions(environment) },
    system: createSystem({ ...parts, healthy: health.healthy }),
    core,
    proxies,
    random,
    ...server,
    limits: config.rateLimits,
    ...operator(parts),
  }
}

/** What the operator is told of requests. */
const operator = ({
  log,
  config,
  metrics,
}: Services): Pick<DialectContext, 'reportError' | 'logRequest'> => ({
  reportError: (error, { method, route, requestId }) =>
    log.error('unexpected error at {method} {route}: {error}', {
      method,
      route,
      requestId,
      error,
    }),
  logRequest: (request) => {
    metrics?.seen(request)
    if (config.accessLog) log.info('{method} {route} {status}', { ...request })
  },
})
