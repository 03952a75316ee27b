import type { Wire } from '../../api'
import {
  type Breakdown,
  type Caller,
  type LiveClick,
  type LoggedClick,
  percentage,
  type StatsQuery,
  type StatsReport,
} from '../../core'
import type { Table } from '../../export'
import { day, minute } from '../../time'
import type * as schema from './schema-stats'
import { click as clickSchema, splits } from './schema-stats'
import { instant, toDate } from './view'
import * as links from './view-links'

/** A moment of a query; a mere date is a day of whoever asks, `dayEnd` its end. */
const readMoment = (text: string, offsetMinutes: number, dayEnd: boolean): Date => {
  const at = toDate(text)
  const isDay = text.length === 10
  return isDay ? new Date(at.getTime() - offsetMinutes * minute + (dayEnd ? day : 0)) : at
}

const filtered = ['browser', 'os', 'device', 'referrer', 'referrerDomain', 'language'] as const

/** Which values must match to the letter. */
const where = (query: Wire<typeof schema.linkStatsQuery>): StatsQuery['where'] => {
  const texts = filtered.map((dimension) => [dimension, query[dimension]] as const)
  return {
    ...Object.fromEntries(texts.filter(([, text]) => text !== undefined)),
    ...(query.country === undefined ? {} : { country: query.country.toUpperCase() }),
  }
}

const isSplit = (name: string): name is Breakdown => splits.includes(name as Breakdown)

/** What a query asks of statistics. */
export const wish = (
  query: Wire<typeof schema.linkStatsQuery>,
  of: Pick<StatsQuery, 'linkId' | 'links'>,
): StatsQuery => {
  const offsetMinutes = query.offset ?? 0
  const { from, to, bots, step } = query
  return {
    ...of,
    ...(from === undefined ? {} : { from: readMoment(from, offsetMinutes, false) }),
    ...(to === undefined ? {} : { to: readMoment(to, offsetMinutes, true) }),
    ...(bots === 'none' || bots === 'only' ? { bots } : {}),
    ...(step === undefined ? {} : { step }),
    where: where(query),
    offsetMinutes,
    breakdowns: [...new Set((query.dimensions ?? '').split(',').filter(isSplit))],
    limit: query.limit ?? 10,
  }
}

/** Statistics for whoever asked. */
export const stats = (
  caller: Caller,
  report: StatsReport,
  judging: links.Judging,
): Wire<typeof schema.stats> => {
  const { span, step, totals, previous, series, shares, hours, topLinks } = report
  return {
    from: instant(new Date(span.from)),
    to: instant(new Date(span.to)),
    step,
    totals: {
      clicks: totals.clicks,
      visitors: totals.visitors,
      bots: totals.bots,
      averageRedirectMs: averageMs(totals),
      lastClickAt: totals.lastAt === null ? null : instant(new Date(totals.lastAt)),
    },
    previous: { clicks: previous.clicks, visitors: previous.visitors },
    series: series.map(({ start, clicks, visitors }) => ({
      start: instant(new Date(start)),
      clicks,
      visitors,
    })),
    breakdowns: Object.fromEntries(
      Object.entries(shares).map(([by, rows]) => [
        by,
        rows.map((row) => ({ ...row, percentage: percentage(row, totals.clicks) })),
      ]),
    ),
    hours,
    topLinks:
      topLinks?.map(({ counted, clicks, lastAt }) => ({
        clicks,
        lastClickAt: instant(new Date(lastAt)),
        link: links.link(caller, counted, judging),
      })) ?? null,
  }
}

const averageMs = ({ clicks, redirectUs }: StatsReport['totals']) =>
  clicks === 0 ? 0 : Math.round(redirectUs / clicks / 10) / 100

/** One click of a log. */
export const click = ({ at, seq, ...rest }: LoggedClick): Wire<typeof schema.click> => ({
  ...rest,
  at: instant(new Date(at)),
})

/** A link's clicks as a table, page by page. */
export const clickTable = (log: AsyncIterable<readonly LoggedClick[]>): Table => ({
  row: 'click',
  columns: Object.keys(clickSchema.properties),
  pages: rowsOf(log),
})

const rowsOf = async function* (log: AsyncIterable<readonly LoggedClick[]>) {
  for await (const page of log) yield page.map(click)
}

/** A click that was just stored, with enough of its link to name it. */
export const liveClick = ({ click: { linkId, at, referrer, bot, ...rest }, link }: LiveClick) => ({
  linkId,
  code: link.code,
  title: link.title,
  at: instant(new Date(at)),
  country: rest.country,
  browser: rest.browser,
  os: rest.os,
  device: rest.device,
  referrer: referrer.origin,
  language: rest.language,
  bot,
})
