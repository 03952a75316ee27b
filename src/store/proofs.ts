import type { Database } from 'bun:sqlite'
import { eq } from 'drizzle-orm'
import type { Connection } from './engine/connect'
import type { Writer } from './engine/writer'
import { verifications } from './schema'

/**
 * Deletes every proof that lets somebody into an account, or change it, when what they were asked for
 * changes: a mailed reset, a sign-in that waits for its second factor, a provider that is being linked,
 * a trusted device. Temporary triggers, because the sign-in library, the core and the command line all
 * write these tables, and none may forget it.
 */
export const endProofs = (sqlite: Database) => {
  for (const trigger of triggers) sqlite.run(trigger)
}

const endAllOf = (account: string) => `DELETE FROM verifications WHERE account_id = ${account};`

/** Whether a column's value is another one than before. */
const changed = (column: string) => `NEW.${column} IS NOT OLD.${column}`

const triggers = [
  `CREATE TEMP TRIGGER password_added AFTER INSERT ON main.identities
    WHEN NEW.password IS NOT NULL BEGIN ${endAllOf('NEW.owner_id')} END`,
  `CREATE TEMP TRIGGER password_changed AFTER UPDATE OF password ON main.identities
    WHEN ${changed('password')} BEGIN ${endAllOf('NEW.owner_id')} END`,
  `CREATE TEMP TRIGGER password_gone AFTER DELETE ON main.identities
    WHEN OLD.password IS NOT NULL BEGIN ${endAllOf('OLD.owner_id')} END`,
  `CREATE TEMP TRIGGER account_changed
    AFTER UPDATE OF email, suspended, two_factor_enabled ON main.accounts
    WHEN ${changed('email')} OR ${changed('suspended')} OR ${changed('two_factor_enabled')}
    BEGIN ${endAllOf('NEW.id')} END`,
]

/** Proofs beside those that the sign-in library keeps. */
export const proofsStore = ({ db }: Connection, { write }: Writer) => ({
  /** Writes and syncs as much as a new proof does, and keeps nothing of it. */
  writeAndForget(at: Date): Promise<void> {
    const row = { identifier: 'nothing', value: '', expiresAt: at, createdAt: at, updatedAt: at }
    return write(() => {
      const { id } = db.insert(verifications).values(row).returning({ id: verifications.id }).get()
      db.delete(verifications).where(eq(verifications.id, id)).run()
    })
  },
})
