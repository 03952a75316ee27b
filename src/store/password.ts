import { eq } from 'drizzle-orm'
import type { Connection } from './connect'
import { identities, sessions } from './schema'

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
