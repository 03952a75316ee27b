import { and, count, eq, max, sql } from 'drizzle-orm'
import { isAdmin, isNobody } from './account-changes'
import type { Connection } from './engine/connect'
import type { Writer } from './engine/writer'
import { putPassword } from './password'
import { type Account, accounts, type NewAccount } from './schema'

/** Somebody who can sign in. */
export type NewUser = NewAccount & { email: string }

/** Accounts: rows in, rows out. */
export const accountsStore = ({ db }: Connection, { write }: Writer) => {
  const add = (account: NewAccount): Account =>
    db.insert(accounts).values(account).returning().get()

  const byEmail = (email: string) =>
    db.select().from(accounts).where(eq(accounts.email, email)).get()

  const addUser = (user: NewUser, password: string | null): Account | 'email taken' => {
    if (byEmail(user.email) !== undefined) return 'email taken'
    const added = add(user)
    if (password !== null) putPassword(db, { ownerId: added.id, password, at: added.createdAt })
    return added
  }

  const suspensionsVersion = db
    .select({
      count: count(),
      latest: max(accounts.updatedAt),
      ids: sql<number>`sum(${accounts.id})`,
      open: sql<number>`sum(${accounts.id} * ${accounts.linksStay})`,
    })
    .from(accounts)
    .where(isSuspended)
    .prepare()

  const hasAdmin = () =>
    db.select({ id: accounts.id }).from(accounts).where(isAdmin).limit(1).get() !== undefined

  return {
    insert: (account: NewAccount): Promise<Account> => write(() => add(account)),

    /** Adds somebody who signs in, with the hash of a password or without. */
    insertUser: (user: NewUser, password: string | null): Promise<Account | 'email taken'> =>
      write(() => addUser(user, password)),

    /** Adds the first administrator; nobody who comes second. */
    insertFirstAdmin: (
      user: NewUser,
      password: string,
    ): Promise<Account | 'email taken' | 'done'> =>
      write(() => (hasAdmin() ? 'done' : addUser({ ...user, role: 'admin' }, password))),

    /** Whether there is any administrator. */
    async hasAdmin(): Promise<boolean> {
      return hasAdmin()
    },

    /** The suspended accounts. */
    async suspended(): Promise<Pick<Account, 'id' | 'linksStay'>[]> {
      return db
        .select({ id: accounts.id, linksStay: accounts.linksStay })
        .from(accounts)
        .where(isSuspended)
        .all()
    },

    /** Differs whenever an account was suspended, let go on or otherwise changed while it is suspended. */
    async suspensionsVersion(): Promise<string> {
      return Object.values(suspensionsVersion.get() ?? {}).join(' ')
    },

    /** One account; null when there is none of that id. */
    async byId(id: number): Promise<Account | null> {
      return (
        db
          .select()
          .from(accounts)
          .where(and(eq(accounts.id, id), isNobody(false)))
          .get() ?? null
      )
    },

    /** One account; null when none has that email address. */
    async byEmail(email: string): Promise<Account | null> {
      return byEmail(email) ?? null
    },
  }
}

/** In the words of the index that knows them. */
const isSuspended = sql`${accounts.suspended} = 1`
