import { and, eq, inArray, lte, notExists, sql } from 'drizzle-orm'
import type { Connection } from './connect'
import {
  accounts,
  clicks,
  dayVisitors,
  guestSessions,
  type Link,
  linkDays,
  links,
  linkTotals,
} from './schema'
import type { Writer } from './writer'

/** What guests leave behind is erased for good, a little at a time. */
export const guestPurgeStore = ({ db }: Connection, { write }: Writer) => {
  const isOfGuest = inArray(
    links.ownerId,
    db.select({ id: accounts.id }).from(accounts).where(eq(accounts.kind, 'guest')),
  )

  /** Every row that a link left anywhere. */
  const erase = (ids: number[]) => {
    for (const table of [clicks, linkTotals, linkDays, dayVisitors])
      db.delete(table).where(inArray(table.linkId, ids)).run()
    db.delete(links).where(inArray(links.id, ids)).run()
  }

  return {
    /**
     * Erases at most so many guest links, with their clicks, that have expired or are older than
     * `lifetime` ms; answers them.
     */
    eraseOver: (at: Date, lifetime: number, limit: number): Promise<Link[]> =>
      write(() => {
        const last = sql`${links.createdAt} + ${lifetime}`
        const end = sql`min(coalesce(${links.expiresAt}, ${last}), ${last})`
        const over = db
          .select()
          .from(links)
          .where(and(lte(end, at.getTime()), isOfGuest))
          .limit(limit)
          .all()
        if (over.length > 0) erase(over.map(({ id }) => id))
        return over
      }),

    /** Deletes at most so many guests that have no links and were not seen since; answers how many. */
    forget: (unseenSince: Date, limit: number): Promise<number> =>
      write(() => {
        const idle = db
          .select({ id: accounts.id })
          .from(accounts)
          .leftJoin(guestSessions, eq(guestSessions.accountId, accounts.id))
          .where(
            and(
              eq(accounts.kind, 'guest'),
              lte(sql`coalesce(${guestSessions.seenAt}, 0)`, unseenSince.getTime()),
              notExists(
                db.select({ id: links.id }).from(links).where(eq(links.ownerId, accounts.id)),
              ),
            ),
          )
          .limit(limit)
          .all()
        const ids = idle.map(({ id }) => id)
        if (ids.length > 0) db.delete(accounts).where(inArray(accounts.id, ids)).run()
        return ids.length
      }),
  }
}
