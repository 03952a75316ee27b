import { and, desc, eq, gt, lt, ne, or, sql } from 'drizzle-orm'
import type { Connection } from './engine/connect'
import type { Writer } from './engine/writer'
import { type Account, accounts, type SessionRow, sessions, verifications } from './schema'

/** Sign-ins, found by the SHA-256 of their token. */
export const sessionsStore = ({ db }: Connection, { write }: Writer) => {
  const byToken = db
    .select({ session: sessions, account: accounts })
    .from(sessions)
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .where(eq(sessions.token, sql.placeholder('token')))
    .prepare()

  return {
    /** The session of a token's hash and its account, whatever their state; null when there is none. */
    async byToken(token: string): Promise<{ session: SessionRow; account: Account } | null> {
      return byToken.get({ token }) ?? null
    },

    /** Notes that a session is in use. */
    see: (id: number, at: Date) =>
      write(() => {
        db.update(sessions).set({ updatedAt: at }).where(eq(sessions.id, id)).run()
      }),

    /** An account's sessions that have not ended, the latest seen first. */
    async all(accountId: number, now: Date, seenSince: Date): Promise<SessionRow[]> {
      return db
        .select()
        .from(sessions)
        .where(
          and(
            eq(sessions.accountId, accountId),
            gt(sessions.expiresAt, now),
            gt(sessions.updatedAt, seenSince),
          ),
        )
        .orderBy(desc(sessions.updatedAt))
        .all()
    },

    /** Ends one of an account's sessions; false when it has none of that id. */
    remove: (accountId: number, id: number) =>
      write(
        () =>
          db
            .delete(sessions)
            .where(and(eq(sessions.accountId, accountId), eq(sessions.id, id)))
            .returning({ id: sessions.id })
            .all().length > 0,
      ),

    /** Ends all of an account's sessions but one, and whatever could open another without its password. */
    removeOthers: (accountId: number, id: number) =>
      write(() => {
        db.delete(sessions)
          .where(and(eq(sessions.accountId, accountId), ne(sessions.id, id)))
          .run()
        db.delete(verifications).where(eq(verifications.accountId, accountId)).run()
      }),

    /** Deletes what can't be used any more: sessions that ended, proofs nobody brought in time. */
    purge: (now: Date, seenSince: Date) =>
      write(() => {
        db.delete(sessions)
          .where(or(lt(sessions.expiresAt, now), lt(sessions.updatedAt, seenSince)))
          .run()
        db.delete(verifications).where(lt(verifications.expiresAt, now)).run()
      }),
  }
}
