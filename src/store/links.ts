import { and, desc, eq, getTableColumns, inArray, isNull, sql } from 'drizzle-orm'
import type { Connection } from './connect'
import { prepareInsert } from './insert'
import type { CountedLink } from './questions'
import { countedColumns } from './questions/link-list'
import { accountTotals, domains, type Link, links, linkTotals, type NewLink } from './schema'
import type { Writer } from './writer'

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

  const kept = (accountId: number) =>
    db.select().from(accountTotals).where(eq(accountTotals.accountId, accountId)).all()

  const listed = (ownerId: number) => and(eq(links.ownerId, ownerId), isNull(links.deletedAt))

  return {
    /** Adds a link; null when its code is taken on its domain. */
    insert: (link: NewLink) => write(() => add(link)),

    /** The link of a code on a domain, deleted ones included; null when there is none. */
    byCode: async (domainId: string, code: string): Promise<Link | null> =>
      byCode.get({ domainId, code }) ?? null,

    /** An account's links of a code on domains of its own, deleted ones included; no more than two. */
    onDomainsOf: async (accountId: number, code: string): Promise<Link[]> =>
      onDomainsOf.all({ accountId, code }),

    /** A link by its id with its running totals, deleted ones included; null when there is none. */
    counted: async (id: number): Promise<CountedLink | null> => counted.get({ id }) ?? null,

    /**
     * A page of an account's links, newest first, with their clicks; deleted ones left out. Its links
     * are found in the index alone, so that a late page costs little more than an early one.
     */
    page: async (ownerId: number, { offset, limit }: { offset: number; limit: number }) => {
      const shown = db
        .select({ id: links.id })
        .from(links)
        .where(listed(ownerId))
        .orderBy(desc(links.createdAt), desc(links.id))
        .limit(limit)
        .offset(offset)
      const rows = db
        .select({ link: links, clicks: sql<number>`coalesce(${linkTotals.clicks}, 0)` })
        .from(links)
        .leftJoin(linkTotals, eq(linkTotals.linkId, links.id))
        .where(inArray(links.id, shown))
        .orderBy(desc(links.createdAt), desc(links.id))
        .all()
      const all = kept(ownerId).find(({ bound }) => !bound)
      return { rows, total: all?.links ?? 0, totalClicks: all?.clicks ?? 0 }
    },
  }
}
