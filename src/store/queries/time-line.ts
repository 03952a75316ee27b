import { count, countDistinct, min, sql, sum } from 'drizzle-orm'
import { day, minute } from '../../time'
import type { Connection } from '../engine/connect'
import { clicks, linkDays } from '../schema'
import type { Filter, Point, Queries, Step } from '.'
import { isPlain, matching } from './filter'
import { slotOf, splitDays, startOf } from './time-buckets'
import { bounds, inDays, orNone } from './totals'

type Db = Connection['db']

/** Clicks and visitors along a time line; steps without clicks are left out. */
export const answerSeries = (
  db: Db,
  { filter, step, offsetMinutes }: Queries['series']['input'],
): Point[] => {
  const ofDays = step !== 'hour' && (offsetMinutes * minute) % day === 0 && isPlain(filter)
  if (!ofDays) return scannedSeries(db, filter, step, offsetMinutes)
  const { days, edges } = splitDays(filter)
  const found = edges.flatMap((edge) =>
    scannedSeries(db, { scope: filter.scope, ...bounds(edge) }, step, offsetMinutes),
  )
  return addUp([...daySeries(db, filter, days), ...found], step, offsetMinutes)
}

/** Grouped by link as well: visitors are counted once a day and link. */
const scannedSeries = (db: Db, filter: Filter, step: Step, offsetMinutes: number): Point[] => {
  const slot = slotOf(sql`(${clicks.atMs} + ${sql.raw(String(offsetMinutes * minute))})`, step)
  const byLink = db
    .select({
      slot: slot.as('slot'),
      at: min(clicks.atMs).as('at'),
      clicks: count().as('clicks'),
      visitors: countDistinct(clicks.visitor).as('visitors'),
    })
    .from(clicks)
    .where(matching(db, filter))
    .groupBy(clicks.linkId, sql`slot`)
    .as('by_link')
  return db
    .select({
      at: sql<number>`min(${byLink.at})`,
      clicks: orNone(sum(byLink.clicks)),
      visitors: orNone(sum(byLink.visitors)),
    })
    .from(byLink)
    .groupBy(sql`${byLink.slot}`)
    .orderBy(sql`1`)
    .all()
    .map(({ at, ...counts }) => ({ start: startOf(at, step, offsetMinutes), ...counts }))
}

const daySeries = (
  db: Db,
  { scope }: Pick<Filter, 'scope'>,
  days: { from: number; to: number },
): Point[] =>
  db
    .select({
      day: linkDays.day,
      clicks: orNone(sum(linkDays.clicks)),
      visitors: orNone(sum(linkDays.visitors)),
    })
    .from(linkDays)
    .where(inDays(db, scope, days))
    .groupBy(linkDays.day)
    .all()
    .map(({ day: number, ...counts }) => ({ start: number * day, ...counts }))

/** Points of shorter spans, put into the steps they belong to. */
const addUp = (points: readonly Point[], step: Step, offsetMinutes: number): Point[] => {
  const sums = new Map<number, Point>()
  for (const { start: at, clicks, visitors } of points) {
    const start = startOf(at, step, offsetMinutes)
    const sum = sums.get(start) ?? { start, clicks: 0, visitors: 0 }
    sums.set(start, {
      start,
      clicks: sum.clicks + clicks,
      visitors: sum.visitors + visitors,
    })
  }
  return [...sums.values()].sort((a, b) => a.start - b.start)
}

/** Clicks by hour of the day. */
export const answerHours = (db: Db, { filter, offsetMinutes }: Queries['hours']['input']) => {
  const local = sql`(${clicks.atMs} + ${sql.raw(String(offsetMinutes * minute))})`
  const hour = sql<number>`${slotOf(local, 'hour')} % 24`
  return db
    .select({ hour, clicks: count() })
    .from(clicks)
    .where(matching(db, filter))
    .groupBy(hour)
    .orderBy(hour)
    .all()
}
