import { and, count, countDistinct, gte, lt, type SQL, sql, sum } from 'drizzle-orm'
import type { Connection } from '../connect'
import { clicks, linkDays } from '../schema'
import type { Filter, Point, Questions, Step } from '.'
import { inScope, isDaily, matching, msPerDay } from './filter'

type Db = Connection['db']

/** A sum that is 0 where there is nothing to add. */
export const orNone = (value: SQL | SQL.Aliased) => sql<number>`coalesce(${value}, 0)`

/** Clicks and visitors along a time line; steps without clicks are left out. */
export const answerSeries = (
  db: Db,
  { filter, step, offsetMinutes }: Questions['series']['input'],
): Point[] => {
  if (step === 'day' && offsetMinutes === 0 && isDaily(filter)) return daySeries(db, filter)
  const offset = offsetMinutes * 60_000
  const slot = slots[step](sql`(${clicks.atMs} + ${sql.raw(String(offset))})`)
  const byLink = db
    .select({
      slot: slot.as('slot'),
      clicks: count().as('clicks'),
      visitors: countDistinct(clicks.visitor).as('visitors'),
    })
    .from(clicks)
    .where(matching(db, filter))
    .groupBy(clicks.linkId, sql`slot`)
    .as('by_link')
  return db
    .select({
      slot: byLink.slot,
      clicks: orNone(sum(byLink.clicks)),
      visitors: orNone(sum(byLink.visitors)),
    })
    .from(byLink)
    .groupBy(sql`${byLink.slot}`)
    .orderBy(sql`${byLink.slot}`)
    .all()
    .map(({ slot, ...counts }) => ({ start: starts[step](slot) - offset, ...counts }))
}

const daySeries = (db: Db, { scope, from, to }: Filter): Point[] =>
  db
    .select({
      day: linkDays.day,
      clicks: orNone(sum(linkDays.clicks)),
      visitors: orNone(sum(linkDays.visitors)),
    })
    .from(linkDays)
    .where(
      and(
        inScope(db, scope, linkDays.linkId),
        from === undefined ? undefined : gte(linkDays.day, from / msPerDay),
        to === undefined ? undefined : lt(linkDays.day, to / msPerDay),
      ),
    )
    .groupBy(linkDays.day)
    .orderBy(linkDays.day)
    .all()
    .map(({ day, ...counts }) => ({ start: day * msPerDay, ...counts }))

/** Which step of the time line a (shifted) moment falls into, counted from 1970; weeks begin on Monday. */
const slots = {
  hour: (at) => sql<number>`${at} / 3600000`,
  day: (at) => sql<number>`${at} / 86400000`,
  week: (at) => sql<number>`(${at} + 259200000) / 604800000`,
  month: (at) =>
    sql<number>`strftime('%Y', ${at} / 1000, 'unixepoch') * 12 + strftime('%m', ${at} / 1000, 'unixepoch') - 1`,
} satisfies Record<Step, (at: SQL) => SQL<number>>

const starts = {
  hour: (slot) => slot * 3_600_000,
  day: (slot) => slot * msPerDay,
  week: (slot) => slot * 7 * msPerDay - 3 * msPerDay,
  month: (slot) => Date.UTC(Math.floor(slot / 12), slot % 12),
} satisfies Record<Step, (slot: number) => number>

/** Clicks by hour of the day. */
export const answerHours = (db: Db, { filter, offsetMinutes }: Questions['hours']['input']) => {
  const hour = sql<number>`((${clicks.atMs} + ${sql.raw(String(offsetMinutes * 60_000))}) / 3600000) % 24`
  return db
    .select({ hour, clicks: count() })
    .from(clicks)
    .where(matching(db, filter))
    .groupBy(hour)
    .orderBy(hour)
    .all()
}
