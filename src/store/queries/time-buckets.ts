import { type SQL, sql } from 'drizzle-orm'
import type { Step } from '.'

const hour = 3_600_000
export const msPerDay = 24 * hour

/** 1970 began on a Thursday: so far the Monday before lies back. */
const monday = 3 * msPerDay

const lengths = { hour, day: msPerDay, week: 7 * msPerDay } as const

/** Where the step that holds a moment begins; weeks begin on Monday. */
export const startOf = (ms: number, step: Step, offsetMinutes = 0): number => {
  const offset = offsetMinutes * 60_000
  const local = ms + offset
  if (step === 'month') {
    const date = new Date(local)
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth()) - offset
  }
  const shift = step === 'week' ? monday : 0
  return Math.floor((local + shift) / lengths[step]) * lengths[step] - shift - offset
}

/** The same in SQL, as a number that tells the steps apart; of a moment already shifted to local time. */
export const slotOf = (local: SQL, step: Step): SQL<number> => {
  if (step === 'month') return sql`strftime('%Y%m', ${local} / 1000, 'unixepoch')`
  const shifted = step === 'week' ? sql`(${local} + ${sql.raw(String(monday))})` : local
  return sql`${shifted} / ${sql.raw(String(lengths[step]))}`
}

/** A span, open where a bound is missing. */
type Span = { from?: number | undefined; to?: number | undefined }

/** Splits a span into whole UTC days (counted from 1970, perhaps infinite) and what is left at its edges. */
export const splitDays = (span: Span): { days: { from: number; to: number }; edges: Span[] } => {
  const { from, to } = span
  const first = from === undefined ? -Infinity : Math.ceil(from / msPerDay)
  const end = to === undefined ? Infinity : Math.floor(to / msPerDay)
  if (first > end) return { days: { from: 0, to: 0 }, edges: [span] }
  const edges: Span[] = []
  if (from !== undefined && from < first * msPerDay) edges.push({ from, to: first * msPerDay })
  if (to !== undefined && to > end * msPerDay) edges.push({ from: end * msPerDay, to })
  return { days: { from: first, to: end }, edges }
}
