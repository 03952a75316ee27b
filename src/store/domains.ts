import { and, count, eq, isNull, sql } from 'drizzle-orm'
import type { Connection } from './engine/connect'
import type { Writer } from './engine/writer'
import { type Domain, domains, links } from './schema'

/** Hosts of one's own; at most one account can have one verified. */
export const domainsStore = ({ db }: Connection, { write }: Writer) => {
  const owned = (accountId: number | null, id: string) =>
    and(eq(domains.id, id), accountId === null ? undefined : eq(domains.accountId, accountId))

  const isUsed = (id: string) =>
    db
      .select({ links: count() })
      .from(links)
      .where(and(eq(links.domainId, id), isNull(links.deletedAt)))
      .get()?.links !== 0
  const verified = db
    .select()
    .from(domains)
    .where(and(eq(domains.host, sql.placeholder('host')), eq(domains.verified, true)))
    .prepare()

  return {
    /** Adds a domain; false when the account already has it. */
    insert: (row: Domain) =>
      write(
        () => db.insert(domains).values(row).onConflictDoNothing().returning().all().length > 0,
      ),

    /** All verified domains, whoever they belong to. */
    async verified(): Promise<Domain[]> {
      return db.select().from(domains).where(eq(domains.verified, true)).all()
    },

    /** One of an account's domains, of anybody's with null; null when there is none of that id. */
    async own(accountId: number | null, id: string): Promise<Domain | null> {
      return db.select().from(domains).where(owned(accountId, id)).get() ?? null
    },

    /** All of an account's domains, everybody's with null, by host. */
    async all(accountId: number | null): Promise<Domain[]> {
      return db
        .select()
        .from(domains)
        .where(accountId === null ? undefined : eq(domains.accountId, accountId))
        .orderBy(domains.host, domains.id)
        .all()
    },

    /** Gives an unused domain another host, to be verified anew; false when it has links, or the account has that host. */
    rename: (id: string, host: string, txtRecord: string) =>
      write(
        () =>
          !isUsed(id) &&
          db
            .update(domains)
            .set({ host, txtRecord, verified: false })
            .where(
              and(
                eq(domains.id, id),
                sql`NOT EXISTS (SELECT 1 FROM domains AS other WHERE other.host = ${host} AND other.account_id = ${domains.accountId})`,
              ),
            )
            .returning()
            .all().length > 0,
      ),

    /** Marks a domain verified; false when another account has this host verified already. */
    verify: (id: string, host: string) =>
      write(() => {
        const holder = verified.get({ host })
        if (holder !== undefined) return holder.id === id
        db.update(domains).set({ verified: true }).where(eq(domains.id, id)).run()
        return true
      }),

    /** Deletes a domain that has no links but deleted ones; false when it has. */
    remove: (id: string) =>
      write(() => !isUsed(id) && db.delete(domains).where(eq(domains.id, id)).run() !== null),
  }
}
