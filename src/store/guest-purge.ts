import { and, eq, inArray, lte, notExists, sql } from 'drizzle-orm'
import type { Connection } from './connect'
import { accounts, guestSessions, type Link, links } from './schema'
import type { Writer } from './writer'

/** What guests leave behind is erased for good, a little at a time. */
export const guestPurgeStore = ({ db }: Connection, { write }: Writer) => {
  const isOfGuest = inArray(
    links.ownerId,
    db.select({ id: accounts.id }).from(accounts).where(eq(accounts.kind, 'guest')),
  )

  const isOver = (at: Date, lifetime: number) => {
    const last = sql`${links.createdAt} + ${lifetime}`
    const end = sql`min(coalesce(${links.expiresAt}, ${last}), ${last})`
    return and(lte(end, at.getTime()), isOfGuest)
  }

  return {
    /** At most so many guest links that have expired or are older than `lifetime` ms. */
    over: async (at: Date, lifetime: number, limit: number): Promise<Link[]> =>
      db.select().from(links).where(isOver(at, lifetime)).limit(limit).all(),

    /** Erases those of the links that are still a guest's and over, with all that was counted of them. */
    eraseOver: (at: Date, lifetime: number, ids: readonly number[]): Promise<Link[]> =>
      write(() =>
        db
          .delete(links)
          .where(and(inArray(links.id, [...ids]), isOver(at, lifetime)))
          .returning()
          .all(),
      ),

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
