import { and, asc, eq, or, sql } from 'drizzle-orm'
import type { Connection } from './engine/connect'
import { prepareInsert } from './engine/insert'
import type { Writer } from './engine/writer'
import { type AccountLine, everything } from './everything'
import {
  type Account,
  accounts,
  type Campaign,
  campaigns,
  type Domain,
  domains,
  type Link,
  links,
  linkTotals,
} from './schema'
import { type AccountClash, transferAccounts } from './transfer-accounts'

type Stored = { id: number; outcome: 'added' | 'known' }

/** Whose something is: an account here, or a line whose account was not found by anything but its links. */
export type Whose = number | AccountLine

/** A link that is here now: whose it is, and how many of its clicks are stored. */
export type StoredLink = Stored & { ownerId: number; boundTo: number | null; clicks: number }

/** Everything, out of one database and into another; what is there already is found again, not doubled. */
export const transferStore = (connection: Connection, { write }: Writer) => {
  const { db } = connection
  const people = transferAccounts(connection)
  const addLink = prepareInsert(connection, links)
  const byCode = db
    .select({ link: links, clicks: linkTotals.clicks })
    .from(links)
    .leftJoin(linkTotals, eq(linkTotals.linkId, links.id))
    .where(
      and(eq(links.domainId, sql.placeholder('domainId')), eq(links.code, sql.placeholder('code'))),
    )
    .prepare()

  const idOf = (whose: Whose, here: number | null | undefined) =>
    typeof whose === 'number' ? whose : people.adopt(here, whose)

  return {
    /** Every line, links right before their clicks. */
    lines: () => everything(connection),

    /** How many links there are, deleted ones included. */
    async linkCount() {
      return db.$count(links)
    },

    /**
     * Finds an account again and gives it the line's keys, or adds it with them. One that has neither an
     * address nor keys may be known by its links, which come later: null says that it was not found so far.
     */
    account: (line: AccountLine): Promise<number | null | AccountClash> =>
      write(() => {
        const found = people.find(line)
        if (typeof found === 'number') return people.furnish(found, line)
        const isWhole = line.account.email !== null || line.keys.length > 0
        return found === null && isWhole ? people.add(line) : found
      }),

    /** Adds an account that nothing was found of. */
    addAccount: (line: AccountLine): Promise<number> => write(() => people.add(line)),

    /** Adds a campaign; false when its id belongs to another account's. */
    campaign: (row: Campaign): Promise<boolean> =>
      write(() => {
        db.insert(campaigns).values(row).onConflictDoNothing().run()
        const here = db.select().from(campaigns).where(eq(campaigns.id, row.id)).get()
        return here?.accountId === row.accountId
      }),

    /**
     * Adds a domain, not as verified where another account has proved that host; answers the id by which
     * the account has it here, null when its id belongs to another account's.
     */
    domain: (row: Domain): Promise<string | null> =>
      write(() => {
        const proved = and(eq(domains.host, row.host), eq(domains.verified, true))
        const verified =
          row.verified && db.select().from(domains).where(proved).limit(1).get() == null
        db.insert(domains)
          .values({ ...row, verified })
          .onConflictDoNothing()
          .run()
        const own = and(
          eq(domains.accountId, row.accountId),
          or(eq(domains.id, row.id), eq(domains.host, row.host)),
        )
        const here = db.select({ id: domains.id }).from(domains).where(own).limit(2).all()
        return (here.find(({ id }) => id === row.id) ?? here[0])?.id ?? null
      }),

    /**
     * Adds a link, or finds the same one again; null when its code belongs to a different one. An owner
     * who is not known yet is whoever has that link here; else the account is added with it.
     */
    link: (
      { id: _, ownerId: _owner, boundTo: _bound, ...row }: Link,
      owner: Whose,
      bound: Whose | null,
    ): Promise<StoredLink | null> =>
      write(() => {
        const here = byCode.get({ domainId: row.domainId, code: row.code })
        if (here !== undefined && !isSame(here.link, row, owner)) return null
        const ownerId = idOf(owner, here?.link.ownerId)
        const boundTo = bound === null ? null : idOf(bound, here?.link.boundTo)
        if (here !== undefined)
          return { id: here.link.id, outcome: 'known', ownerId, boundTo, clicks: here.clicks ?? 0 }
        const isBound = row.anonymous && row.publicStats && row.passwordHash === null
        const added = addLink({ ...row, ownerId, boundTo: isBound ? boundTo : null })
        if (added === null) throw new Error('a code that was free is taken')
        return { id: added.id, outcome: 'added', ownerId, boundTo, clicks: 0 }
      }),

    /** The account with this email, or without one the first administrator; null when there is none. */
    async ownerFor(email: string | null): Promise<Account | null> {
      return (
        db
          .select()
          .from(accounts)
          .where(email === null ? eq(accounts.role, 'admin') : eq(accounts.email, email))
          .orderBy(asc(accounts.id))
          .limit(1)
          .get() ?? null
      )
    },
  }
}

/** Whether the link that has a code is the one of that code in a file: it may lead elsewhere by now. */
const isSame = (
  here: Link,
  { createdAt, destination }: Omit<Link, 'id' | 'ownerId' | 'boundTo'>,
  owner: Whose,
) =>
  here.createdAt.getTime() === createdAt.getTime() &&
  (here.destination === destination || here.ownerId === owner)
