import { and, eq, exists, inArray, lte, notExists, sql } from 'drizzle-orm'
import type { Connection } from './engine/connect'
import type { Writer } from './engine/writer'
import { accounts, guestSessions, type Link, links } from './schema'

/** What guests leave behind is erased for good, a little at a time. */
export const guestPurgeStore = ({ db }: Connection, { write }: Writer) => {
  const isOfGuest = exists(
    db
      .select({ id: accounts.id })
      .from(accounts)
      .where(and(eq(accounts.id, links.ownerId), eq(accounts.kind, 'guest'))),
  )

  /** In the words of the index of strangers' links that end; every link of a guest does. */
  const isOver = (at: Date) => and(sql`${links.anonymous} = 1`, lte(links.expiresAt, at), isOfGuest)

  return {
    /** At most so many guest links that have expired. */
    async over(at: Date, limit: number): Promise<Link[]> {
      return db.select().from(links).where(isOver(at)).limit(limit).all()
    },

    /** Erases one of these if it is a guest's and over still, with all that was counted of it; null: it is not. */
    eraseOver: (at: Date, id: number): Promise<Link | null> =>
      write(
        () =>
          db
            .delete(links)
            .where(and(eq(links.id, id), isOver(at)))
            .returning()
            .get() ?? null,
      ),

    /** Deletes at most so many guests that have no links and were not seen since; answers how many. */
    forget: (unseenSince: Date, limit: number): Promise<number> =>
      write(() => {
        const made = db.select({ id: links.id }).from(links)
        const idle = db
          .select({ id: guestSessions.accountId })
          .from(guestSessions)
          .where(
            and(
              lte(guestSessions.seenAt, unseenSince),
              notExists(made.where(eq(links.ownerId, guestSessions.accountId))),
            ),
          )
          .limit(limit)
          .all()
        const ids = idle.map(({ id }) => id)
        if (ids.length > 0)
          db.delete(accounts)
            .where(and(inArray(accounts.id, ids), eq(accounts.kind, 'guest')))
            .run()
        return ids.length
      }),
  }
}
