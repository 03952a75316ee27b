import {
  type LoggedClick,
  type Point,
  type Query,
  type RunQueries,
  type Share,
  type Step,
  type Store,
  startOf,
} from '../../store'
import { day, hour } from '../../time'
import { giveWay } from '../slices'

/** A span of time, ms since 1970; `to` is excluded. */
export type Span = { from: number; to: number }

/** Most points of a time line. */
const mostPoints = 1000

/** Clicks read at once for an export: few, because two threads hold them until they collect garbage. */
const pageSize = 250

/** Statistics: questions about clicks, composed; counted off the serving thread. */
export const stats = ({ store }: { store: Store }) => ({
  /** Answers a list of questions from one snapshot. */
  ask: ((questions: readonly Query[]) => store.ask(questions)) as RunQueries,

  /** All clicks of a link, oldest first, in pages that are read as they are taken. */
  log: async function* (linkId: number): AsyncGenerator<LoggedClick[]> {
    for (let after: LoggedClick | null = null; ; ) {
      const [page]: [LoggedClick[]] = await store.ask([
        { ask: 'log', linkId, after, limit: pageSize },
      ] as const)
      await giveWay()
      if (page.length > 0) yield page
      after = page.at(-1) ?? null
      if (page.length < pageSize) return
    }
  },
})

/** The span of the same length right before. */
export const previous = ({ from, to }: Span): Span => ({ from: from - (to - from), to: from })

/** The step that suits a span: hours below 48 of them, days below 90, weeks below a year, else months. */
export const stepFor = ({ from, to }: Span): Step => {
  const length = to - from
  if (length < 48 * hour) return 'hour'
  if (length < 90 * day) return 'day'
  return length < 365 * day ? 'week' : 'month'
}

/** A time line without gaps, at most `mostPoints` long: the newest ones when there would be more. */
export const fillGaps = (
  points: readonly Point[],
  span: Span,
  step: Step,
  offsetMinutes = 0,
): Point[] => {
  const known = new Map(points.map((point) => [point.start, point]))
  const filled: Point[] = []
  const first = startOf(span.from, step, offsetMinutes)
  for (let start = startOf(span.to - 1, step, offsetMinutes); start >= first; ) {
    filled.push(known.get(start) ?? { start, clicks: 0, visitors: 0 })
    if (filled.length === mostPoints) break
    start = startOf(start - 1, step, offsetMinutes)
  }
  return filled.reverse()
}

/** A breakdown's part of the whole in percent, with one decimal; 0 of nothing. */
export const percentage = ({ clicks }: Share, total: number): number =>
  total === 0 ? 0 : Math.round((clicks / total) * 1000) / 10
