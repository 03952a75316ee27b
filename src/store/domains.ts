import { and, eq, sql } from 'drizzle-orm'
import type { Connection } from './connect'
import { type Domain, domains } from './schema'
import type { Writer } from './writer'

/** Hosts of one's own; at most one account can have one verified. */
export const domainsStore = ({ db }: Connection, { write }: Writer) => {
  const owned = (accountId: number, id: string) =>
    and(eq(domains.id, id), eq(domains.accountId, accountId))
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
    verified: async (): Promise<Domain[]> =>
      db.select().from(domains).where(eq(domains.verified, true)).all(),

    /** One of an account's domains; null when it has none of that id. */
    own: async (accountId: number, id: string): Promise<Domain | null> =>
      db.select().from(domains).where(owned(accountId, id)).get() ?? null,

    /** All of an account's domains, by host. */
    all: async (accountId: number): Promise<Domain[]> =>
      db.select().from(domains).where(eq(domains.accountId, accountId)).orderBy(domains.host).all(),

    /** Marks a domain verified; false when another account has this host verified already. */
    verify: (id: string, host: string) =>
      write(() => {
        if (verified.get({ host }) !== undefined) return false
        db.update(domains).set({ verified: true }).where(eq(domains.id, id)).run()
        return true
      }),

    /** Deletes a domain; false when the account has none of that id. */
    remove: (accountId: number, id: string) =>
      write(() => db.delete(domains).where(owned(accountId, id)).returning().all().length > 0),
  }
}
