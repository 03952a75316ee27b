import { version } from '../package.json'
import { providersOf } from './auth'
import { type Config, changedOptions } from './config'
import type { Kit } from './http'
import type { Parts } from './parts'
import { createSystem } from './system'

/** What only the running server and its start can say. */
type Server = Pick<Kit, 'sessionOf' | 'peerOf' | 'unhurried'> & { environment: Config }

/** What every dialect needs of the program around it. */
export const createKit = (parts: Parts, { environment, ...server }: Server): Kit => {
  const { core, client, config, random, health } = parts
  return {
    about: { version, providers: providersOf(config), environment: changedOptions(environment) },
    system: createSystem({ ...parts, healthy: health.healthy }),
    ...{ core, client, random, ...server },
    limits: config.rateLimits,
    ...operator(parts),
  }
}

/** What the operator is told of requests. */
const operator = ({ log, config, metrics }: Parts): Pick<Kit, 'surprise' | 'seen'> => ({
  surprise: (error, { method, route, requestId }) =>
    log.error('unexpected error at {method} {route}: {error}', {
      method,
      route,
      requestId,
      error,
    }),
  seen: (request) => {
    metrics?.seen(request)
    if (config.accessLog) log.info('{method} {route} {status}', { ...request })
  },
})
