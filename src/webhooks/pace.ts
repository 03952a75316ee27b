import { LRUCache } from 'lru-cache'
import { getDomain } from 'tldts'
import type { Webhook } from '../core'

/** How long the answers of webhooks take that nobody calls slow, in ms. */
export const quickWithin = 1000

/** How a webhook is expected to answer. */
export type Lane = 'quick' | 'unknown' | 'slow'

/** Webhooks, hosts and accounts whose pace is remembered. */
const mostKnown = 10_000

/** How long webhooks take to answer, by themselves, by their host and by their account; the latest count most. */
export const createPace = () => {
  const known = new LRUCache<string, number>({ max: mostKnown })

  const namesOf = ({ id, accountId, url }: Webhook) => ({
    own: `webhook ${id}`,
    host: `host ${hostOf(url)}`,
    account: `account ${accountId}`,
  })

  return {
    /** Notes how long an answer took, in ms. */
    note: (webhook: Webhook, took: number): void => {
      for (const name of Object.values(namesOf(webhook))) {
        const before = known.get(name)
        known.set(name, before === undefined ? took : (before + took) / 2)
      }
    },

    /** What is expected of a webhook: by its own answers, else by others of its host and of its account. */
    laneOf: (webhook: Webhook): Lane => {
      const names = namesOf(webhook)
      const own = known.get(names.own)
      if (own !== undefined) return own > quickWithin ? 'slow' : 'quick'
      const [host, account] = [known.get(names.host), known.get(names.account)]
      if (Math.max(host ?? 0, account ?? 0) > quickWithin) return 'slow'
      return host === undefined ? 'unknown' : 'quick'
    },
  }
}

/** Who answers at an address: the domain that somebody registered, or an address, with its port. */
export const hostOf = (url: string): string => {
  const { hostname, port, protocol } = new URL(url)
  const domain = getDomain(hostname, { allowPrivateDomains: true }) ?? hostname
  return `${domain}:${port || protocol}`
}
