import { and, eq } from 'drizzle-orm'
import type { Connection } from './connect'
import { putPassword } from './password'
import { type Account, accounts, type NewAccount, sessions } from './schema'
import type { Writer } from './writer'

/** What may change about an account. */
export type AccountPatch = Partial<
  Pick<
    NewAccount,
    'email' | 'emailVerified' | 'displayName' | 'role' | 'plan' | 'planExpiresAt' | 'suspended'
  >
>

/** What happens to an account after it was made; each is one conditional change with a plain answer. */
export const accountChangesStore = ({ db }: Connection, { write }: Writer) => {
  const isLastAdmin = (id: number) => {
    const [first, second] = db
      .select({ id: accounts.id })
      .from(accounts)
      .where(and(eq(accounts.role, 'admin'), eq(accounts.suspended, false)))
      .limit(2)
      .all()
    return first?.id === id && second === undefined
  }

  const isTaken = (email: string, id: number) => {
    const holder = db
      .select({ id: accounts.id })
      .from(accounts)
      .where(eq(accounts.email, email))
      .get()
    return holder !== undefined && holder.id !== id
  }

  return {
    /** Changes an account, its password's hash too. Suspending it or a new password ends its sessions. */
    patch: (
      id: number,
      { password, ...patch }: AccountPatch & { password?: string },
      at: Date,
    ): Promise<Account | 'missing' | 'email taken' | 'last admin'> =>
      write(() => {
        const steps = patch.role === 'member' || patch.suspended === true
        if (steps && isLastAdmin(id)) return 'last admin'
        if (patch.email && isTaken(patch.email, id)) return 'email taken'
        const set = { ...patch, updatedAt: at }
        const changed = db.update(accounts).set(set).where(eq(accounts.id, id)).returning().get()
        if (changed === undefined) return 'missing'
        if (patch.suspended) db.delete(sessions).where(eq(sessions.accountId, id)).run()
        if (password !== undefined) putPassword(db, { ownerId: id, password, at })
        return changed
      }),

    /** Deletes an account with all it has. */
    remove: (id: number): Promise<'removed' | 'missing' | 'last admin'> =>
      write(() => {
        if (isLastAdmin(id)) return 'last admin'
        const gone = db.delete(accounts).where(eq(accounts.id, id)).returning({ id: accounts.id })
        return gone.all().length > 0 ? 'removed' : 'missing'
      }),
  }
}
