import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Connection } from './engine/connect'
import { prepareInsert } from './engine/insert'
import type { Writer } from './engine/writer'
import type { CountedLink } from './queries'
import { countedColumns } from './queries/link-list'
import { domains, type Link, links, linkTotals, type NewLink } from './schema'

/** Links: rows in, rows out; `null` and `false` are plain answers, never errors. */
export const linksStore = (connection: Connection, { write }: Writer) => {
  const { db } = connection
  const byCode = db
    .select()
    .from(links)
    .where(
      and(eq(links.domainId, sql.placeholder('domainId')), eq(links.code, sql.placeholder('code'))),
    )
    .prepare()

  const onDomainsOf = db
    .select(getTableColumns(links))
    .from(links)
    .innerJoin(domains, eq(domains.id, links.domainId))
    .where(
      and(
        eq(domains.accountId, sql.placeholder('accountId')),
        eq(links.ownerId, domains.accountId),
        eq(links.code, sql.placeholder('code')),
      ),
    )
    .limit(2)
    .prepare()

  const counted = db
    .select(countedColumns)
    .from(links)
    .leftJoin(linkTotals, eq(linkTotals.linkId, links.id))
    .where(eq(links.id, sql.placeholder('id')))
    .prepare()

  const add = prepareInsert(connection, links)

  return {
    /** Adds a link; null when its code is taken on its domain. */
    insert: (link: NewLink) => write(() => add(link)),

    /** The link of a code on a domain, deleted ones included; null when there is none. */
    async byCode(domainId: string, code: string): Promise<Link | null> {
      return byCode.get({ domainId, code }) ?? null
    },

    /** An account's links of a code on domains of its own, deleted ones included; no more than two. */
    async onDomainsOf(accountId: number, code: string): Promise<Link[]> {
      return onDomainsOf.all({ accountId, code })
    },

    /** A link by its id with its running totals, deleted ones included; null when there is none. */
    async counted(id: number): Promise<CountedLink | null> {
      return counted.get({ id }) ?? null
    },
  }
}
