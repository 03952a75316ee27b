import { eq } from 'drizzle-orm'
import type { Connection } from './connect'
import { type Account, accounts, type NewAccount } from './schema'
import type { Writer } from './writer'

/** Accounts: rows in, rows out. */
export const accountsStore = ({ db }: Connection, { write }: Writer) => ({
  insert: (account: NewAccount): Promise<Account> =>
    write(() => db.insert(accounts).values(account).returning().get()),

  /** One account; null when there is none of that id. */
  byId: async (id: number): Promise<Account | null> =>
    db.select().from(accounts).where(eq(accounts.id, id)).get() ?? null,
})
