import { and, eq, gt, gte, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Connection } from '../engine/connect'
import { clicks, dictionary, links, profiles } from '../schema'
import { type Dimension, dimensions, type Filter, type Scope } from '.'

type Db = Connection['db']

/** The links of a scope, as a condition on a column of link ids; none for all links. */
export const inScope = (db: Db, scope: Scope, column: SQLiteColumn): SQL | undefined => {
  if (scope === 'all') return undefined
  if ('account' in scope) {
    const owned = db.select({ id: links.id }).from(links).where(inAccount(scope.account))
    return inArray(column, owned)
  }
  if ('owner' in scope) {
    const made = and(eq(links.ownerId, scope.owner), isNull(links.deletedAt))
    return inArray(column, db.select({ id: links.id }).from(links).where(made))
  }
  const [only, ...others] = scope.links
  // one link is told as such, so that its clicks are known to lie in the order of time
  if (only !== undefined && others.length === 0) return eq(column, only)
  return sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(scope.links)}))`
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
    fitting(db, filter),
    cameFrom(filter.where?.referrer, filter.where?.referrerDomain),
  )

/** Whether a filter looks at nothing but links and time, so that kept counts can answer. */
export const isPlain = ({ bots, where }: Filter) =>
  bots === undefined && Object.keys(where ?? {}).length === 0

/** Whether a filter lets all clicks of its links through, so that running totals answer. */
export const isWhole = (filter: Filter) =>
  isPlain(filter) && filter.from === undefined && filter.to === undefined

/** The id of a text; null, which equals nothing, for one that no click ever had. */
const idOf = (text: string) =>
  sql`(SELECT id FROM ${dictionary} WHERE ${dictionary.text} = ${text})`

type ProfileDimension = {
  [D in Dimension]: (typeof dimensions)[D] extends 'profiles' ? D : never
}[Dimension]

const profileDimensions = (Object.keys(dimensions) as Dimension[]).filter(
  (dimension): dimension is ProfileDimension => dimensions[dimension] === 'profiles',
)

/** Clicks whose profile fits: everything asked of it in one subquery. */
const fitting = (db: Db, { bots, where = {} }: Filter): SQL | undefined => {
  const wanted = profileDimensions.flatMap((dimension) => {
    const text = where[dimension]
    return text === undefined ? [] : [sql`${profiles[dimension]} = ${idOf(text)}`]
  })
  if (bots === 'only') wanted.push(gt(profiles.bot, 0))
  if (bots === 'none') wanted.push(eq(profiles.bot, 0))
  if (wanted.length === 0) return undefined
  return inArray(
    clicks.profile,
    db
      .select({ id: profiles.id })
      .from(profiles)
      .where(and(...wanted)),
  )
}

const cameFrom = (origin: string | undefined, domain: string | undefined): SQL | undefined =>
  and(
    origin === undefined ? undefined : sql`${clicks.referrer} = ${idOf(origin)}`,
    domain === undefined
      ? undefined
      : sql`${clicks.referrer} IN (SELECT id FROM ${dictionary} WHERE coalesce(${dictionary.domainId}, ${dictionary.id}) = ${idOf(domain)})`,
  )
