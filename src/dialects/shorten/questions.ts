import type { Wire } from '../../api'
import { Fault, type Filter, readDay } from '../../core'
import { day } from '../../time'
import type { dashboardQuery } from './schema'

const mostRows = 100
const mostRecent = 50

/** Links listed in a dashboard; `total_links` says how many there are. */
export const mostLinks = 1000

/** The links of a dashboard: those whose statistics the account may read. */
export const newest = {
  sort: { by: 'createdAt', descending: true },
  page: 1,
  limit: mostLinks,
  right: 'readStats',
} as const

/** What the free statistics show. */
export const free = (filter: Filter) =>
  [
    { ask: 'totals', filter },
    { ask: 'series', filter, step: 'day', offsetMinutes: 0 },
    { ask: 'breakdown', filter, by: 'country', limit: mostRows },
    { ask: 'breakdown', filter, by: 'referrer', limit: mostRows },
  ] as const

/** What a dashboard key adds; the offset moves the hours of the day only. */
export const all = (filter: Filter, offsetHours: number) =>
  [
    ...free(filter),
    { ask: 'breakdown', filter, by: 'browser', limit: mostRows },
    { ask: 'breakdown', filter, by: 'os', limit: mostRows },
    { ask: 'breakdown', filter, by: 'device', limit: mostRows },
    { ask: 'hours', filter, offsetMinutes: offsetHours * 60 },
    { ask: 'breakdown', filter, by: 'bot', limit: mostRows },
    { ask: 'recent', filter, limit: mostRecent },
  ] as const

/** The links of a dashboard by clicks. */
export const perLink = (filter: Filter) => ({ ask: 'topLinks', filter, limit: mostLinks }) as const

type Query = Wire<typeof dashboardQuery>

/** The dashboard's parameters as a filter; `to` includes its whole day. Fault: `input_invalid`. */
export const filterOf = (query: Query, scope: Filter['scope']): Filter => {
  const from = query.from === undefined ? undefined : dayOf('from', query.from)
  const to = query.to === undefined ? undefined : dayOf('to', query.to) + day
  if (from !== undefined && to !== undefined && from >= to) refuse('to', 'must not be before from')
  const where = {
    ...(query.country === undefined ? {} : { country: query.country.toUpperCase() }),
    ...(query.browser === undefined ? {} : { browser: query.browser }),
    ...(query.os === undefined ? {} : { os: query.os }),
  }
  return {
    scope,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(query.hide_bots === '1' ? { bots: 'none' as const } : {}),
    ...(Object.keys(where).length === 0 ? {} : { where }),
  }
}

/** The start of a day that exists. */
const dayOf = (field: string, text: string): number => {
  const start = readDay(text)
  return start === null ? refuse(field, 'must be a date YYYY-MM-DD') : start.getTime()
}

const refuse = (field: string, reason: string): never => {
  throw new Fault('input_invalid', { field, reason })
}
