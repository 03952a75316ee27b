import { and, count, desc, eq, isNull, sql, sum } from 'drizzle-orm'
import type { Connection } from './connect'
import type { CountedLink } from './questions'
import { inAccount } from './questions/filter'
import { type Link, links, linkTotals, type NewLink } from './schema'
import type { Writer } from './writer'

/** Links: rows in, rows out; `null` and `false` are plain answers, never errors. */
export const linksStore = ({ db }: Connection, { write }: Writer) => {
  const byCode = db
    .select()
    .from(links)
    .where(
      and(eq(links.domainId, sql.placeholder('domainId')), eq(links.code, sql.placeholder('code'))),
    )
    .prepare()

  const counted = db
    .select({
      link: links,
      clicks: sql<number>`coalesce(${linkTotals.clicks}, 0)`,
      visitors: sql<number>`coalesce(${linkTotals.visitors}, 0)`,
      lastAt: linkTotals.lastAtMs,
    })
    .from(links)
    .leftJoin(linkTotals, eq(linkTotals.linkId, links.id))
    .where(eq(links.id, sql.placeholder('id')))
    .prepare()

  const add = (link: NewLink): Link | null =>
    db.insert(links).values(link).onConflictDoNothing().returning().get() ?? null

  const listed = (ownerId: number) => and(eq(links.ownerId, ownerId), isNull(links.deletedAt))

  return {
    /** Adds a link; null when its code is taken on its domain. */
    insert: (link: NewLink) => write(() => add(link)),

    /** The link of a code on a domain, deleted ones included; null when there is none. */
    byCode: async (domainId: string, code: string): Promise<Link | null> =>
      byCode.get({ domainId, code }) ?? null,

    /** A link by its id with its running totals, deleted ones included; null when there is none. */
    counted: async (id: number): Promise<CountedLink | null> => counted.get({ id }) ?? null,

    /** A page of an account's links, newest first, with their clicks; deleted ones left out. */
    page: async (ownerId: number, { offset, limit }: { offset: number; limit: number }) => {
      const clicks = sql<number>`coalesce(${linkTotals.clicks}, 0)`
      const rows = db
        .select({ link: links, clicks })
        .from(links)
        .leftJoin(linkTotals, eq(linkTotals.linkId, links.id))
        .where(listed(ownerId))
        .orderBy(desc(links.createdAt), desc(links.id))
        .limit(limit)
        .offset(offset)
        .all()
      const all = db
        .select({ links: count(), clicks: sum(linkTotals.clicks).mapWith(Number) })
        .from(links)
        .leftJoin(linkTotals, eq(linkTotals.linkId, links.id))
        .where(listed(ownerId))
        .get()
      return { rows, total: all?.links ?? 0, totalClicks: all?.clicks ?? 0 }
    },

    /** The newest links of an account, made by it or bound to it, and how many there are. */
    ofAccount: async (
      accountId: number,
      limit: number,
    ): Promise<{ rows: Link[]; total: number }> => {
      const rows = db
        .select()
        .from(links)
        .where(inAccount(accountId))
        .orderBy(desc(links.createdAt), desc(links.id))
        .limit(limit)
        .all()
      const all = db.select({ links: count() }).from(links).where(inAccount(accountId)).get()
      return { rows, total: all?.links ?? 0 }
    },
  }
}
