import { and, asc, count, desc, gt, type SQL, sql } from 'drizzle-orm'
import type { Connection } from '../connect'
import { clicks, dictionary } from '../schema'
import { dimensions, type Questions } from '.'
import { matching } from './filter'

type Db = Connection['db']

/** Clicks by one dimension, most first. */
export const answerBreakdown = (db: Db, { filter, by, limit }: Questions['breakdown']['input']) => {
  const column = clicks[dimensions[by]]
  const counted = db
    .select({ id: sql<number>`${column}`.as('text_id'), clicks: count().as('text_clicks') })
    .from(clicks)
    .where(and(matching(db, filter), by === 'bot' ? gt(clicks.bot, 0) : undefined))
    .groupBy(column)
    .as('counted')
  const id = by === 'referrerDomain' ? domainOf(counted.id) : sql`${counted.id}`
  const clicksOf = sql<number>`sum(${counted.clicks})`
  return db
    .select({ value: dictionary.text, clicks: clicksOf })
    .from(counted)
    .innerJoin(dictionary, sql`${dictionary.id} = ${id}`)
    .groupBy(dictionary.id)
    .orderBy(desc(clicksOf), asc(dictionary.text))
    .limit(limit)
    .all()
}

const domainOf = (id: SQL.Aliased<number>) =>
  sql`(SELECT origin.domain_id FROM dictionary AS origin WHERE origin.id = ${id})`
