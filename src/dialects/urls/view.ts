import type { Wire } from '../../api'
import type { Caller, Key, Link } from '../../core'
import type * as schema from './schema'

/** A new link. */
export const shortened = (link: Link): Wire<typeof schema.shortened> => ({
  shortCode: link.code,
  originalUrl: link.destination,
})

/** A new link with its short URL. */
export const created = (caller: Caller, link: Link): Wire<typeof schema.created> => ({
  fullUrl: caller.shortUrl(link),
  ...shortened(link),
})

/** A link and how often it was followed. */
export const details = (link: Link, clicks: number): Wire<typeof schema.details> => ({
  ...shortened(link),
  clicks,
})

/** A deletion. */
export const deleted: Wire<typeof schema.deleted> = { success: true }

type Listed = { key: Key; secret: string | null }

const iso = (date: Date | null) => date?.toISOString() ?? null

/** All keys; `unstored` answers the uses of one that are not in the database yet. */
export const keys = (
  all: readonly Listed[],
  unstored: (id: number) => number,
): Wire<typeof schema.keys> =>
  all.map(({ key, secret }) => ({
    key: secret ?? key.mask,
    expiresAt: iso(key.expiresAt),
    requestsCount: key.requestsCount + unstored(key.id),
  }))

/** A new key. */
export const minted = (key: Key, secret: string): Wire<typeof schema.minted> => ({
  key: secret,
  expiresAt: iso(key.expiresAt),
})
