import type { Connection } from './engine/connect'
import { prepareInsert } from './engine/insert'
import type { Writer } from './engine/writer'
import {
  accounts,
  keys,
  type Link,
  links,
  type NewAccount,
  type NewKey,
  type NewLink,
} from './schema'

/** The new customer an anonymous link is made for: its account and the key that opens it. */
export type NewCustomer = { account: NewAccount; key: Omit<NewKey, 'accountId'> }

/** Customers: an account, its only key and its first link come into being together. */
export const customersStore = (connection: Connection, { write }: Writer) => {
  const addAccount = prepareInsert(connection, accounts)
  const addKey = prepareInsert(connection, keys)
  const addLink = prepareInsert(connection, links)

  return {
    /** Adds a customer and its first link in one commit, or nothing; says what was taken. */
    open: (
      customer: NewCustomer,
      link: Omit<NewLink, 'ownerId'>,
    ): Promise<Link | 'key taken' | 'code taken'> =>
      write(() => {
        const account = addAccount(customer.account)
        if (account === null) throw new Error('a customer has no email address to be taken')
        if (addKey({ ...customer.key, accountId: account.id }) === null) throw keyTaken
        const added = addLink({ ...link, ownerId: account.id })
        if (added === null) throw codeTaken
        return added
      }).catch((error) => {
        if (error === keyTaken) return 'key taken' as const
        if (error === codeTaken) return 'code taken' as const
        throw error
      }),
  }
}

/** They undo a half-made customer; neither leaves this file. */
const codeTaken = new Error('code taken')
const keyTaken = new Error('key taken')
