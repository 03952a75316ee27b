import { and, count, countDistinct, eq, gte, lt, max, type SQL, sql, sum } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { lastClickOfAccount } from '../clicks/account-totals'
import type { Connection } from '../engine/connect'
import { accountTotals, clicks, linkDays, linkTotals, profiles } from '../schema'
import type { Filter, Queries, Scope, Totals } from '.'
import { inScope, isPlain, isWhole, matching } from './filter'
import { splitDays } from './time-buckets'

type Db = Connection['db']
type Counts = Omit<Totals, 'lastAt'>

/** A sum that is 0 where there is nothing to add. */
export const orNone = (value: SQL | SQL.Aliased) => sql<number>`coalesce(${value}, 0)`

const summed = (table: Record<keyof Counts, SQLiteColumn>) => ({
  clicks: orNone(sum(table.clicks)),
  visitors: orNone(sum(table.visitors)),
  bots: orNone(sum(table.bots)),
  redirectUs: orNone(sum(table.redirectUs)),
})

const none: Totals = { clicks: 0, visitors: 0, bots: 0, redirectUs: 0, lastAt: null }

/** What is counted of some clicks: from running totals, from whole days, or click by click. */
export const answerTotals = (db: Db, { filter }: Queries['totals']['input']): Totals => {
  if (isWhole(filter)) return runningTotals(db, filter.scope)
  return isPlain(filter) ? spanTotals(db, filter) : countedTotals(db, filter)
}

const runningTotals = (db: Db, scope: Scope): Totals => {
  if (scope === 'all') return accountTotalsOf(db, 0)
  if ('account' in scope) return accountTotalsOf(db, scope.account)
  if ('owner' in scope) return accountTotalsOf(db, scope.owner, eq(accountTotals.bound, false))
  const found = db
    .select({ ...summed(linkTotals), lastAt: max(linkTotals.lastAtMs) })
    .from(linkTotals)
    .where(inScope(db, scope, linkTotals.linkId))
    .get()
  return found ?? none
}

const accountTotalsOf = (db: Db, account: number, which?: SQL): Totals => {
  const lastAt = sql`coalesce(${accountTotals.lastAtMs}, ${sql.raw(lastClickOfAccount)})`
  const found = db
    .select({ ...summed(accountTotals), lastAt: sql<number | null>`nullif(max(${lastAt}), 0)` })
    .from(accountTotals)
    .where(and(eq(accountTotals.accountId, account), which))
    .get()
  return found ?? none
}

/** Whole days from what is kept of them, the edges click by click. Visitors are daily: days add up. */
const spanTotals = (db: Db, filter: Filter): Totals => {
  const { days, edges } = splitDays(filter)
  const whole = db
    .select(summed(linkDays))
    .from(linkDays)
    .where(inDays(db, filter.scope, days))
    .get()
  const parts: Counts[] = edges.map((edge) =>
    countedTotals(db, { scope: filter.scope, ...bounds(edge) }),
  )
  const { clicks, visitors, bots, redirectUs } = parts.reduce(plus, whole ?? none)
  return { clicks, visitors, bots, redirectUs, lastAt: clicks === 0 ? null : lastIn(db, filter) }
}

const plus = (a: Counts, b: Counts): Counts => ({
  clicks: a.clicks + b.clicks,
  visitors: a.visitors + b.visitors,
  bots: a.bots + b.bots,
  redirectUs: a.redirectUs + b.redirectUs,
})

/** A span without its missing bounds, as filters want it. */
export const bounds = ({ from, to }: { from?: number | undefined; to?: number | undefined }) => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
})

/** Some days of the links of a scope, as a condition. */
export const inDays = (db: Db, scope: Scope, { from, to }: { from: number; to: number }) =>
  and(
    inScope(db, scope, linkDays.linkId),
    from === -Infinity ? undefined : gte(linkDays.day, from),
    to === Infinity ? undefined : lt(linkDays.day, to),
  )

/** The last click of a span: link by link, because within a link clicks lie in the order of time. */
const lastIn = (db: Db, { scope, from = 0, to }: Filter): number | null => {
  const before = to ?? Number.MAX_SAFE_INTEGER
  const newest = sql`(SELECT at_ms FROM clicks WHERE link_id = ${linkTotals.linkId}
    AND at_ms >= ${from} AND at_ms < ${before} ORDER BY at_ms DESC LIMIT 1)`
  const last = sql`CASE WHEN ${linkTotals.lastAtMs} < ${before} THEN ${linkTotals.lastAtMs} ELSE ${newest} END`
  const found = db
    .select({ lastAt: sql<number | null>`max(${last})` })
    .from(linkTotals)
    .where(and(inScope(db, scope, linkTotals.linkId), gte(linkTotals.lastAtMs, from)))
    .get()
  return found?.lastAt ?? null
}

/** Grouped by link first: clicks lie in that order, and visitors are counted once a day and link. */
const countedTotals = (db: Db, filter: Filter): Totals => {
  const isBot = sql`${clicks.profile} IN (SELECT id FROM ${profiles} WHERE ${profiles.bot} > 0)`
  const byLink = db
    .select({
      clicks: count().as('clicks'),
      visitors: countDistinct(clicks.visitor).as('visitors'),
      bots: sql<number>`sum(${isBot})`.as('bots'),
      redirectUs: sum(clicks.redirectUs).as('redirect_us'),
      lastAt: max(clicks.atMs).as('last_at'),
    })
    .from(clicks)
    .where(matching(db, filter))
    .groupBy(clicks.linkId)
    .as('by_link')
  const found = db
    .select({
      clicks: orNone(sum(byLink.clicks)),
      visitors: orNone(sum(byLink.visitors)),
      bots: orNone(sum(byLink.bots)),
      redirectUs: orNone(sum(byLink.redirectUs)),
      lastAt: sql<number | null>`max(${byLink.lastAt})`,
    })
    .from(byLink)
    .get()
  return found ?? none
}
