import { type SQL, sql } from 'drizzle-orm'
import { day, hour, minute } from '../../time'
import type { Step } from '.'

/** 1970 began on a Thursday: so far the Monday before lies back. */
const monday = 3 * day

const lengths = { hour, day, week: 7 * day } as const

/** Where the step that holds a moment begins; weeks begin on Monday. */
export const startOf = (ms: number, step: Step, offsetMinutes = 0): number => {
  const offset = offsetMinutes * minute
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
  const first = from === undefined ? -Infinity : Math.ceil(from / day)
  const end = to === undefined ? Infinity : Math.floor(to / day)
  if (first > end) return { days: { from: 0, to: 0 }, edges: [span] }
  const edges: Span[] = []
  if (from !== undefined && from < first * day) edges.push({ from, to: first * day })
  if (to !== undefined && to > end * day) edges.push({ from: end * day, to })
  return { days: { from: first, to: end }, edges }
}
