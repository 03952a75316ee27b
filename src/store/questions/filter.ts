import { and, eq, gt, gte, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Connection } from '../connect'
import { clicks, dictionary, links } from '../schema'
import { dimensions, type Filter, type Scope } from '.'

type Db = Connection['db']

/** The links of a scope, as a condition on a column of link ids; none for all links. */
export const inScope = (db: Db, scope: Scope, column: SQLiteColumn): SQL | undefined => {
  if (scope === 'all') return undefined
  if ('links' in scope) return inArray(column, [...scope.links])
  const owned = db.select({ id: links.id }).from(links).where(inAccount(scope.account))
  return inArray(column, owned)
}

/** The links of an account: made by it or bound to it, not deleted. */
export const inAccount = (accountId: number): SQL | undefined =>
  and(or(eq(links.ownerId, accountId), eq(links.boundTo, accountId)), isNull(links.deletedAt))

/** A filter as a condition on clicks; undefined when it lets everything through. */
export const matching = (db: Db, filter: Filter): SQL | undefined =>
  and(
    inScope(db, filter.scope, clicks.linkId),
    filter.from === undefined ? undefined : gte(clicks.atMs, filter.from),
    filter.to === undefined ? undefined : lt(clicks.atMs, filter.to),
    filter.bots === 'only' ? gt(clicks.bot, 0) : undefined,
    filter.bots === 'none' ? eq(clicks.bot, 0) : undefined,
    ...Object.entries(filter.where ?? {}).map(([dimension, text]) =>
      isText(dimension as keyof typeof dimensions, text),
    ),
  )

/** Whether a filter lets all clicks of its links through, so that running totals answer. */
export const isWhole = ({ from, to, bots, where }: Filter) =>
  from === undefined &&
  to === undefined &&
  bots === undefined &&
  Object.keys(where ?? {}).length === 0

/** Whether a filter is made of whole UTC days and nothing else, so that daily totals answer. */
export const isDaily = ({ from = 0, to = 0, bots, where }: Filter) =>
  from % msPerDay === 0 &&
  to % msPerDay === 0 &&
  bots === undefined &&
  Object.keys(where ?? {}).length === 0

export const msPerDay = 86_400_000

const isText = (dimension: keyof typeof dimensions, text: string): SQL => {
  const column = clicks[dimensions[dimension]]
  const id = sql`(SELECT id FROM ${dictionary} WHERE ${dictionary.text} = ${text})`
  return dimension === 'referrerDomain'
    ? sql`${column} IN (SELECT id FROM ${dictionary} WHERE ${dictionary.domainId} = ${id})`
    : sql`${column} = ${id}`
}
