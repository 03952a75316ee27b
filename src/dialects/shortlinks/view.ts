import type { Wire } from '../../api'
import type { Account, Link } from '../../core'
import type * as schema from './schema'

type Made = Wire<typeof schema.linkMade>

/** An instant as the document prints it: `2025-12-19T01:00:00Z`. */
const instant = (at: Date) => `${at.toISOString().slice(0, 19)}Z`

/** A link that was just made: nobody has followed it yet. */
const fresh = (link: Link) => ({
  id: link.id,
  slug: link.code,
  url: link.destination,
  createdAt: instant(link.createdAt),
  lastVisitedAt: null,
  visitCount: 0,
  available: true,
})

/** A new link of an account. */
export const ofAccount = (link: Link, { id, email, displayName }: Account): Made => ({
  link: { ...fresh(link), ownerId: id, guestSessionId: null },
  owner: { id, email, displayName },
  message: 'Link saved to your account.',
})

/** A new link of a browser. */
export const ofGuest = (link: Link): Made => ({
  link: { ...fresh(link), ownerId: null, guestSessionId: link.guestSessionId },
  owner: null,
  message: 'Link saved to this browser session.',
})
