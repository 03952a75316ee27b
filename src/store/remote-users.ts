import { and, eq } from 'drizzle-orm'
import type { Connection } from './engine/connect'
import type { Writer } from './engine/writer'
import {
  type Account,
  accounts,
  identities,
  keys,
  passkeys,
  sessions,
  twoFactors,
  verifications,
  webhooks,
} from './schema'

/** How an identity says that an authenticating proxy knows the account by its subject. */
const providerId = 'proxy'

/** People whom an authenticating proxy vouches for, by the names it has for them. */
export const remoteUsersStore = ({ db }: Connection, { write }: Writer) => {
  const nameOf = (accountId: number) =>
    db
      .select({ name: identities.subject })
      .from(identities)
      .where(and(eq(identities.ownerId, accountId), eq(identities.providerId, providerId)))
      .limit(1)
      .get()?.name

  return {
    /** Returns the account that a proxy has named so before; null when there is none. */
    async findRemoteUser(name: string): Promise<Account | null> {
      const found = db
        .select({ account: accounts })
        .from(identities)
        .innerJoin(accounts, eq(accounts.id, identities.ownerId))
        .where(and(eq(identities.providerId, providerId), eq(identities.subject, name)))
        .limit(1)
        .get()
      return found?.account ?? null
    },

    /** Ties a name to an account; returns false when the account is known by another one. */
    bindRemoteUser(accountId: number, name: string, at: Date): Promise<boolean> {
      return write(() => {
        const row = { ownerId: accountId, providerId, subject: name, createdAt: at, updatedAt: at }
        if (nameOf(accountId) === undefined)
          db.insert(identities).values(row).onConflictDoNothing().run()
        return nameOf(accountId) === name
      })
    },

    /**
     * Hands an account whose address nobody had proved to whoever has proved it: its passwords, passkeys,
     * providers, second steps, sign-ins, keys and webhooks were made by a stranger, and go. Its links stay.
     */
    claimAccount(accountId: number, at: Date): Promise<void> {
      return write(() => {
        db.delete(sessions).where(eq(sessions.accountId, accountId)).run()
        db.delete(identities).where(eq(identities.ownerId, accountId)).run()
        db.delete(passkeys).where(eq(passkeys.accountId, accountId)).run()
        db.delete(twoFactors).where(eq(twoFactors.accountId, accountId)).run()
        db.delete(verifications).where(eq(verifications.accountId, accountId)).run()
        db.delete(keys).where(eq(keys.accountId, accountId)).run()
        db.delete(webhooks).where(eq(webhooks.accountId, accountId)).run()
        db.update(accounts)
          .set({ emailVerified: true, twoFactorEnabled: false, updatedAt: at })
          .where(eq(accounts.id, accountId))
          .run()
      })
    },
  }
}
