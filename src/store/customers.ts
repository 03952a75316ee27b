import { eq } from 'drizzle-orm'
import type { Connection } from './connect'
import {
  accounts,
  keys,
  type Link,
  links,
  type NewAccount,
  type NewKey,
  type NewLink,
} from './schema'
import type { Writer } from './writer'

/** The new customer an anonymous link is made for: its account and the key that opens it. */
export type NewCustomer = { account: NewAccount; key: Omit<NewKey, 'accountId'> }

/** Customers: an account, its only key and its first link come into being together. */
export const customersStore = ({ db }: Connection, { write }: Writer) => {
  const isKnown = (hash: string) =>
    db.select({ id: keys.id }).from(keys).where(eq(keys.hash, hash)).get() !== undefined

  const addAccount = ({ account, key }: NewCustomer): number => {
    const { id } = db.insert(accounts).values(account).returning({ id: accounts.id }).get()
    db.insert(keys)
      .values({ ...key, accountId: id })
      .run()
    return id
  }

  return {
    /** Adds a customer and its first link in one commit, or nothing; says what was taken. */
    open: (
      customer: NewCustomer,
      link: Omit<NewLink, 'ownerId'>,
    ): Promise<Link | 'key taken' | 'code taken'> =>
      write(() => {
        if (isKnown(customer.key.hash)) return 'key taken'
        const ownerId = addAccount(customer)
        const added = db
          .insert(links)
          .values({ ...link, ownerId })
          .onConflictDoNothing()
          .returning()
          .get()
        if (added === undefined) throw codeTaken
        return added
      }).catch((error) => {
        if (error === codeTaken) return 'code taken' as const
        throw error
      }),
  }
}

/** Undoes a half-made customer; never leaves this file. */
const codeTaken = new Error('code taken')
