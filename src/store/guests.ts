import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Connection } from './engine/connect'
import { repeatInSlice } from './engine/slices'
import type { Writer } from './engine/writer'
import {
  type Account,
  accounts,
  type GuestSession,
  guestSessions,
  type Link,
  links,
  type NewAccount,
} from './schema'

/** A guest's browser session together with the account it stands for. */
export type Guest = { session: GuestSession; account: Account }

/** Guests: an account of kind `guest` and the browser session that opens it. */
export const guestsStore = ({ db }: Connection, { write }: Writer) => {
  const byHash = db
    .select({ session: guestSessions, account: accounts })
    .from(guestSessions)
    .innerJoin(accounts, eq(accounts.id, guestSessions.accountId))
    .where(eq(guestSessions.hash, sql.placeholder('hash')))
    .prepare()

  const moveSome = (guestId: number, toId: number, lifetime: number, at: Date): Link[] => {
    const isDefault = sql`${links.expiresAt} >= ${links.createdAt} + ${lifetime}`
    const some = db.select({ id: links.id }).from(links).where(eq(links.ownerId, guestId)).limit(20)
    return db
      .update(links)
      .set({
        ownerId: toId,
        anonymous: false,
        publicStats: false,
        guestSessionId: null,
        boundTo: null,
        expiresAt: sql`CASE WHEN ${isDefault} THEN NULL ELSE ${links.expiresAt} END`,
        updatedAt: at,
      })
      .where(inArray(links.id, some))
      .returning()
      .all()
  }

  return {
    /** Adds a guest: account and session together. */
    open: (account: NewAccount, session: Omit<GuestSession, 'accountId'>): Promise<Guest> =>
      write(() => {
        const added = db.insert(accounts).values(account).returning().get()
        const row = { ...session, accountId: added.id }
        return { account: added, session: db.insert(guestSessions).values(row).returning().get() }
      }),

    /** The guest of a session's hash; null when there is none. */
    async byHash(hash: string): Promise<Guest | null> {
      return byHash.get({ hash }) ?? null
    },

    /** Notes that a session is still in use. */
    see: (id: string, at: Date) =>
      write(() => {
        db.update(guestSessions).set({ seenAt: at }).where(eq(guestSessions.id, id)).run()
      }),

    /**
     * Gives a slice of a guest's links to an account, unbound; after the last one the guest ends. Links that
     * would only have ended because a guest's do, `lifetime` ms after they were made, stay. Answers the
     * moved links, none: there were no more.
     */
    move: (guestId: number, toId: number, lifetime: number, at: Date): Promise<Link[]> =>
      write(() => {
        const moved: Link[] = []
        const left = repeatInSlice(() => {
          const some = moveSome(guestId, toId, lifetime, at)
          moved.push(...some)
          return some.length > 0
        })
        if (!left)
          db.delete(accounts)
            .where(and(eq(accounts.id, guestId), eq(accounts.kind, 'guest')))
            .run()
        return moved
      }),
  }
}
