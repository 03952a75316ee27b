import type { SystemStatus, Wire } from '../../api'
import type { Caller } from '../../core'
import type * as schema from './schema-system'
import { instant } from './view'

/** Headers by which proxies say whom they speak for. */
const forwarding = ['forwarded', 'via', 'x-real-ip', 'cf-connecting-ip'] as const

/** How the program is doing, and what it sees of this request. */
export const system = (
  figures: SystemStatus,
  { address, origin }: Caller,
  peer: string | null,
  headers: Headers,
): Wire<typeof schema.system> => ({
  ...figures,
  startedAt: instant(figures.startedAt),
  request: { address, origin, peer, headers: forwardingOf(headers) },
})

const forwardingOf = (headers: Headers): Record<string, string> => {
  const isForwarding = (name: string) =>
    name.startsWith('x-forwarded-') || forwarding.some((known) => known === name)
  return Object.fromEntries([...headers].filter(([name]) => isForwarding(name)))
}
