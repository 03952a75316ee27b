import { previous } from '../core'
import type { Filter, Query } from '../store'
import { day } from '../time'

/** Everything that the APIs' statistics ask, of some links; `now` is when the last click came. */
export const questionsOf = (scope: Filter['scope'], now: number): Record<string, Query> => {
  const filter = { scope }
  const month = { from: now - 30 * day + 12_345, to: now - 12_345 }
  const narrow = { ...filter, bots: 'none', where: { country: 'US', browser: 'Chrome' } } as const
  const series = { ask: 'series', filter, offsetMinutes: 0 } as const
  const by = { ask: 'breakdown', filter, limit: 100 } as const
  return {
    'totals, all time': { ask: 'totals', filter },
    'totals of 30 days': { ask: 'totals', filter: { ...filter, ...month } },
    'totals of the 30 days before': { ask: 'totals', filter: { ...filter, ...previous(month) } },
    'totals of a country and browser, no bots': { ask: 'totals', filter: narrow },
    'by day, all time': { ...series, step: 'day' },
    'by day at +02:00, all time': { ...series, step: 'day', offsetMinutes: 120 },
    'by day, 30 days': { ...series, step: 'day', filter: { ...filter, ...month } },
    'by hour, 48 hours': { ...series, step: 'hour', filter: { ...filter, from: now - 2 * day } },
    'by month, all time': { ...series, step: 'month' },
    'by country': { ...by, by: 'country' },
    'by country, 30 days': { ...by, by: 'country', filter: { ...filter, ...month } },
    'by browser': { ...by, by: 'browser' },
    'by device': { ...by, by: 'device' },
    'by language': { ...by, by: 'language' },
    'by bot': { ...by, by: 'bot' },
    'by referrer': { ...by, by: 'referrer' },
    'by referrer’s domain': { ...by, by: 'referrerDomain' },
    'by hour of the day': { ask: 'hours', filter, offsetMinutes: 60 },
    'the newest 50': { ask: 'recent', filter, limit: 50 },
    'the newest 50 of a country and browser': { ask: 'recent', filter: narrow, limit: 50 },
    'links by clicks, all time': { ask: 'topLinks', filter, limit: 10 },
    'links by clicks, 30 days': { ask: 'topLinks', filter: { ...filter, ...month }, limit: 10 },
  }
}

/**
 * Processor time of some work in ms, on all threads: the median of a few runs, after one that is not
 * counted. On a machine with nothing else to do it is how long the work takes.
 */
export async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const runs = 5
  const times: number[] = []
  const enough = performance.now() + 4000
  for (let run = 0; run <= runs; run++) {
    const before = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(before)
    times.push((user + system) / 1000)
    if (performance.now() > enough) break
  }
  const counted = times.length > 1 ? times.slice(1) : times
  return counted.sort((a, b) => a - b)[counted.length >> 1] ?? 0
}
