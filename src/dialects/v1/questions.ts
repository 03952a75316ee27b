import type { Wire } from '../../api'
import {
  type Dimension,
  Fault,
  type Filter,
  previous,
  readInstant,
  type Span,
  stepFor,
} from '../../core'
import { day } from '../../time'
import type { dimension } from './schema'

/** Rows of a breakdown in the overview, and of its top links. */
const mostShares = 10

/** Bounds of the parameters that are clamped; pages as far as counting rows is exact. */
export const pages = { fallback: 1, most: 10_000_000_000 }
export const rows = { fallback: 50, most: 100 }
export const shareRows = { fallback: 10, most: 50 }

/** The order of lists: links of one millisecond stay in the order they were made. */
export const newest = { sort: { by: 'createdAt', descending: true }, right: 'readStats' } as const

/** What all links of an account were clicked. */
export const allClicks = (account: number) =>
  [{ ask: 'totals', filter: { scope: { account } } }] as const

/** The document's dimensions in our words. */
const dimensions = {
  country: 'country',
  device_type: 'device',
  browser: 'browser',
  os: 'os',
  referrer_domain: 'referrerDomain',
  language: 'language',
} as const satisfies Record<Wire<typeof dimension>, Dimension>

/** A breakdown that is asked for. */
export type Breakdown = { by: keyof typeof dimensions; limit: number }

const whole = (filter: Filter, span: Span) => {
  const within = { ...filter, ...span }
  return [
    { ask: 'totals', filter: within },
    { ask: 'totals', filter: { ...filter, ...previous(span) } },
    { ask: 'series', filter: within, step: stepFor(span), offsetMinutes: 0 },
  ] as const
}

const shares = <const D extends string>(filter: Filter, span: Span, by: D, limit: number) =>
  ({ ask: 'breakdown', filter: { ...filter, ...span }, by, limit }) as const

/** What the analytics of one link show; the last one is the breakdown, with no rows when none is asked for. */
export const analytics = (filter: Filter, span: Span, breakdown: Breakdown | null) =>
  [
    ...whole(filter, span),
    shares(filter, span, 'country', 1),
    shares(filter, span, 'referrerDomain', 1),
    shares(filter, span, 'device', 1),
    shares(filter, span, 'browser', 1),
    shares(filter, span, dimensions[breakdown?.by ?? 'country'], breakdown?.limit ?? 0),
  ] as const

/** What the overview shows. */
export const overview = (filter: Filter, span: Span) =>
  [
    ...whole(filter, span),
    shares(filter, span, 'country', mostShares),
    shares(filter, span, 'device', mostShares),
    shares(filter, span, 'browser', mostShares),
    shares(filter, span, 'os', mostShares),
    shares(filter, span, 'referrerDomain', mostShares),
    { ask: 'topLinks', filter: { ...filter, ...span }, limit: mostShares },
  ] as const

/** The span of `start` and `end`: by default the 30 days up to now. Fault: `input_invalid`. */
export const spanOf = ({ start, end }: { start?: string; end?: string }, now: number): Span => {
  const last = end === undefined ? now : momentOf('end', end)
  const to = last + (end === undefined ? 1 : isPlainDate(end) ? day : 0) // this very ms; the whole day
  const from = start === undefined ? to - 30 * day : momentOf('start', start)
  return from <= last ? { from, to } : refuse('end', 'must not be before start')
}

const isPlainDate = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text)

/** The farthest moment a date can hold, less a day and a month to count with. */
const latest = 8.64e15 - 60 * day

const momentOf = (field: string, text: string): number => {
  const ms = /^\d{1,16}$/.test(text) ? Number(text) : (readInstant(text)?.getTime() ?? Number.NaN)
  if (Number.isNaN(ms) || ms < 0 || ms > latest)
    refuse(field, 'must be an ISO date or a timestamp in ms')
  return ms
}

/** A whole number, put within its bounds. Fault: `input_invalid` for what is no number. */
export const clamped = (
  field: string,
  text: string | undefined,
  { fallback, most }: { fallback: number; most: number },
): number => {
  if (text === undefined) return fallback
  if (!/^[+-]?\d+(\.\d+)?$/.test(text)) refuse(field, 'must be a number')
  return Math.min(most, Math.max(1, Math.trunc(Number(text))))
}

const refuse = (field: string, reason: string): never => {
  throw new Fault('input_invalid', { field, reason })
}
