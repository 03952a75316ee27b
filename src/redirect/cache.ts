import { LRUCache } from 'lru-cache'
import type { Link } from '../core'

/** What a redirect needs of a link, with the answer prepared. */
export type Target = Pick<
  Link,
  'id' | 'deletedAt' | 'enabled' | 'startsAt' | 'expiresAt' | 'maxClicks' | 'spent' | 'passwordHash'
> & { answer: ResponseInit }

/** Links kept in memory; a lookup in the database costs some twenty times as much. */
const mostTargets = 50_000

export type Cache = ReturnType<typeof createCache>

/** The hot links, bounded; `forget` is called whenever a link's answer may have changed. */
export const createCache = (defaultStatus: number) => {
  const known = new LRUCache<string, Target>({ max: mostTargets })
  return {
    get: (code: string) => known.get(code),
    keep: (link: Link): Target => {
      const target = toTarget(link, defaultStatus)
      known.set(link.code, target)
      return target
    },
    forget: (code: string) => known.delete(code),
  }
}

const toTarget = (link: Link, defaultStatus: number): Target => {
  const { id, deletedAt, enabled, startsAt, expiresAt, maxClicks, spent, passwordHash } = link
  return {
    ...{ id, deletedAt, enabled, startsAt, expiresAt, maxClicks, spent, passwordHash },
    answer: {
      status: link.redirectStatus ?? defaultStatus,
      headers: {
        Location: new URL(link.destination).href,
        'Cache-Control': 'no-store',
        'X-Robots-Tag': 'noindex',
        'X-Content-Type-Options': 'nosniff',
      },
    },
  }
}
