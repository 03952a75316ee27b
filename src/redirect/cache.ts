import { LRUCache } from 'lru-cache'
import { defaultDomain, type Link, redirectStatuses } from '../core'

/** Where a link stands: its code, and the domain that the code counts on. */
export type LinkAddress = Pick<Link, 'domainId' | 'code'>

/** What a redirect needs of a link, with the answer prepared. */
export type Target = LinkAddress &
  Pick<Link, 'id' | 'deletedAt' | 'enabled' | 'startsAt' | 'expiresAt' | 'maxClicks' | 'spent'> &
  Pick<Link, 'ownerId' | 'passwordHash' | 'forwardQuery'> & {
    /** '' when what is stored is nothing that a browser may be sent to */
    href: string
    answer: ResponseInit
  }

/** Links kept in memory; a lookup in the database costs some twenty times as much. */
const mostTargets = 50_000

export type Cache = ReturnType<typeof createCache>

/** The hot links, bounded; `forget` is called whenever a link's answer may have changed, or all have. */
export const createCache = (defaultStatus: () => number) => {
  const known = new LRUCache<string, Target>({ max: mostTargets })
  return {
    get: (place: LinkAddress) => known.get(keyOf(place)),
    keep: (link: Link): Target => {
      const target = toTarget(link, defaultStatus())
      known.set(keyOf(link), target)
      return target
    },
    forget: (place: LinkAddress) => known.delete(keyOf(place)),
    forgetAll: () => known.clear(),
  }
}

/** No code holds a slash, so that no two places share a key. */
const keyOf = ({ domainId, code }: LinkAddress) =>
  domainId === defaultDomain ? code : `${domainId}/${code}`

const toTarget = (link: Link, defaultStatus: number): Target => {
  const { id, domainId, code, ownerId, deletedAt, enabled, startsAt, expiresAt } = link
  const { maxClicks, spent, passwordHash, forwardQuery } = link
  const href = hrefOf(link.destination)
  return {
    id,
    domainId,
    code,
    ownerId,
    deletedAt,
    enabled,
    startsAt,
    expiresAt,
    maxClicks,
    spent,
    passwordHash,
    forwardQuery,
    href,
    answer: leadTo(href, isRedirect(link.redirectStatus) ? link.redirectStatus : defaultStatus),
  }
}

/** Where a stored destination leads: a database may hold rows that no rule of today has judged. */
const hrefOf = (destination: string): string => {
  const url = URL.parse(destination)
  const leads = (url?.protocol === 'http:' || url?.protocol === 'https:') && url.hostname !== ''
  return leads ? url.href : ''
}

const isRedirect = (status: number | null): status is number =>
  redirectStatuses.some((known) => known === status)

/** The answer that leads somewhere: never kept by anybody, never indexed. */
export const leadTo = (href: string, status: number): ResponseInit => ({
  status,
  headers: {
    Location: href,
    'Cache-Control': 'no-store',
    'X-Robots-Tag': 'noindex',
    'X-Content-Type-Options': 'nosniff',
  },
})

/**
 * The destination with a visit's query behind its own. Only the query part is set, so that no query
 * can reach the scheme or the host.
 */
export const withQuery = (href: string, query: string): string => {
  const url = new URL(href)
  url.search = url.search === '' ? query : `${url.search}&${query}`
  return url.href
}
