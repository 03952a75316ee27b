import type { Link, Store } from '../../store'
import { plainHost } from './host'

/** The domain of every host that nobody has verified. */
export const defaultDomain = ''

export type Hosts = Awaited<ReturnType<typeof createHosts>>

/**
 * The verified domains, known by heart: the redirect asks at every visit, and every view that prints
 * a short URL. `refresh` is called after any change of a domain.
 */
export async function createHosts(store: Store) {
  let ids = new Map<string, string>()
  let hosts = new Map<string, string>()

  /** the host that came last, with its domain: most redirects come by the same one */
  let last = { host: '', domain: defaultDomain }

  async function refresh() {
    const all = await store.domains.verified()
    last = { host: '', domain: defaultDomain }
    ids = new Map(all.map(({ host, id }) => [host, id]))
    hosts = new Map(all.map(({ host, id }) => [id, host]))
  }
  await refresh()

  const look = (host: string): string => {
    const plain = plainHost(host) ?? ''
    return ids.get(plain) ?? ids.get(plain.replace(/:\d+$/, '')) ?? defaultDomain
  }

  return {
    refresh,

    /** Whether any host is verified: if not, nobody need even read a request's host. */
    any: () => ids.size > 0,

    /** The domain that a host serves, in any spelling, with or without its port. */
    domainOf: (host: string): string => {
      if (host !== last.host) last = { host, domain: look(host) }
      return last.domain
    },

    /** The short URL of a link for a caller of this origin; on its own domain in the caller's scheme. */
    shortUrl: (origin: string, { domainId, code }: Pick<Link, 'domainId' | 'code'>): string => {
      const host = domainId === defaultDomain ? undefined : hosts.get(domainId)
      const base = host === undefined ? origin : `${origin.slice(0, origin.indexOf(':'))}://${host}`
      return `${base}/${code}`
    },
  }
}
