import { asc, count, desc, type SQL, sql } from 'drizzle-orm'
import type { Connection } from '../engine/connect'
import { clicks, dictionary, profiles } from '../schema'
import { type Dimension, dimensions, type Queries } from '.'
import { matching } from './filter'

type Db = Connection['db']

/** Clicks by one dimension, most first; by bot: those of bots only. */
export const answerBreakdown = (db: Db, { filter, by, limit }: Queries['breakdown']['input']) => {
  const column = dimensions[by] === 'profiles' ? clicks.profile : clicks.referrer
  const counted = db
    .select({ id: sql<number>`${column}`.as('counted_id'), clicks: count().as('counted_clicks') })
    .from(clicks)
    .where(matching(db, filter))
    .groupBy(column)
    .as('counted')
  const clicksOf = sql<number>`sum(${counted.clicks})`
  return db
    .select({ value: dictionary.text, clicks: clicksOf })
    .from(counted)
    .innerJoin(dictionary, sql`${dictionary.id} = ${textOf(by, counted.id)}`) // 0, no bot, has no text
    .groupBy(dictionary.id)
    .orderBy(desc(clicksOf), asc(dictionary.text))
    .limit(limit)
    .all()
}

/** The dictionary's id of a dimension, from the id of a profile or of a referrer. */
const textOf = (by: Dimension, id: SQL.Aliased<number>): SQL => {
  if (by === 'referrer') return sql`${id}`
  if (by === 'referrerDomain')
    return sql`(SELECT coalesce(origin.domain_id, origin.id) FROM dictionary AS origin WHERE origin.id = ${id})`
  return sql`(SELECT ${profiles[by]} FROM ${profiles} WHERE ${profiles.id} = ${id})`
}
