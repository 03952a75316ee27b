import { and, eq, sql } from 'drizzle-orm'
import { isNobody } from './account-changes'
import type { Connection } from './engine/connect'
import { prepareInsert } from './engine/insert'
import type { AccountLine } from './everything'
import { type Account, accounts, guestSessions, keys } from './schema'

/** Why an account of an import is neither found here nor may be added. */
export type AccountClash =
  /** its email address belongs to somebody here who never proved it */
  | 'email unproved'
  /** its stable id belongs to an account of another kind here */
  | 'id taken'

/**
 * Accounts of an import: found again by what is theirs alone (stable id, email address, the hash of a
 * key, a guest session), never by when they were made, which many share.
 */
export const transferAccounts = (connection: Connection) => {
  const { db } = connection
  const addAccount = prepareInsert(connection, accounts)
  const addKey = prepareInsert(connection, keys)
  const addGuestSession = prepareInsert(connection, guestSessions)
  const known = sql.placeholder('known')
  const byId = db.select().from(accounts).where(eq(accounts.id, known)).prepare()
  const byStableId = db.select().from(accounts).where(eq(accounts.stableId, known)).prepare()
  const byEmail = db.select().from(accounts).where(eq(accounts.email, known)).prepare()
  const byKey = db.select({ id: keys.accountId }).from(keys).where(eq(keys.hash, known)).prepare()
  const byGuestSession = db
    .select({ id: guestSessions.accountId })
    .from(guestSessions)
    .where(and(eq(guestSessions.id, known), eq(guestSessions.hash, sql.placeholder('hash'))))
    .prepare()

  const kindOf = (id: number) => byId.get({ known: id })?.kind

  const holders = (line: AccountLine): number[] => [
    ...line.keys.flatMap(({ hash }) => byKey.all({ known: hash })).map(({ id }) => id),
    ...line.guestSessions
      .flatMap(({ id, hash }) => byGuestSession.all({ known: id, hash }))
      .map(({ id }) => id),
  ]

  /** Whether whoever has the line's address here may be given what the line holds. */
  const isSamePerson = (here: Account, line: AccountLine) =>
    here.emailVerified ||
    holders(line).includes(here.id) ||
    (line.account.stableId === null && !line.account.emailVerified)

  const find = (line: AccountLine): number | null | AccountClash => {
    const { stableId, email, kind } = line.account
    if (isFormer(line.account))
      return db.select({ id: accounts.id }).from(accounts).where(isNobody(true)).get()?.id ?? null
    const same = stableId === null ? undefined : byStableId.get({ known: stableId })
    if (same !== undefined) return same.kind === kind ? same.id : 'id taken'
    const named = email === null ? undefined : byEmail.get({ known: email })
    if (named !== undefined) return isSamePerson(named, line) ? named.id : 'email unproved'
    return holders(line).find((id) => kindOf(id) === kind) ?? null
  }

  /** Gives an account what the line says is its own, unless somebody has it already. */
  const furnish = (accountId: number, line: AccountLine): number => {
    for (const { id: _, ...key } of line.keys) addKey({ ...key, accountId })
    for (const session of line.guestSessions) addGuestSession({ ...session, accountId })
    return accountId
  }

  /** Second factors stay behind, as passwords do: an account that asks for one could not sign in. */
  const add = (line: AccountLine): number => {
    const { id: _, ...row } = line.account
    const added = addAccount({ ...row, twoFactorEnabled: false })
    if (added === null) throw new Error('an account that was not found can’t be added')
    return furnish(added.id, line)
  }

  return {
    find,
    furnish,
    add,

    /** Takes the account that has a link of the line's here for the line's, when it is of its kind. */
    adopt: (id: number | null | undefined, line: AccountLine): number =>
      id != null && kindOf(id) === line.account.kind ? furnish(id, line) : add(line),
  }
}

/** Whether a line is the one that stands for deleted accounts; there is at most one in an instance. */
const isFormer = ({ kind }: Account) => (kind as string) === 'former'
