import { and, eq, sql } from 'drizzle-orm'
import type { Connection } from './engine/connect'
import { accounts, identities, sessions } from './schema'

/** Puts a password's hash in the place of the account's earlier one and ends all its sessions. */
export const putPassword = (
  db: Connection['db'],
  { ownerId, password, at }: { ownerId: number; password: string; at: Date },
) => {
  const stamp = { createdAt: at, updatedAt: at }
  db.insert(identities)
    .values({ ownerId, providerId: 'credential', subject: String(ownerId), password, ...stamp })
    .onConflictDoUpdate({
      target: [identities.providerId, identities.subject],
      set: { password, updatedAt: at },
    })
    .run()
  db.delete(sessions).where(eq(sessions.accountId, ownerId)).run()
}

/** Stored passwords, by whom they let in. */
export const passwordsStore = ({ db }: Connection) => {
  const stored = { password: identities.password }
  const isPassword = eq(identities.providerId, 'credential')
  const byEmail = db
    .select(stored)
    .from(accounts)
    .innerJoin(identities, and(eq(identities.ownerId, accounts.id), isPassword))
    .where(eq(accounts.email, sql.placeholder('email')))
    .limit(1)
    .prepare()
  const byAccount = db
    .select(stored)
    .from(identities)
    .where(and(eq(identities.ownerId, sql.placeholder('accountId')), isPassword))
    .limit(1)
    .prepare()

  return {
    /** Returns the hash of an account's password; null when it has none, or there is no such account. */
    async findPassword(of: { email: string } | { accountId: number }): Promise<string | null> {
      const row = 'email' in of ? byEmail.get(of) : byAccount.get(of)
      return row?.password ?? null
    },
  }
}
