import type { Wire } from '../../api'
import {
  type Answers,
  type Caller,
  type CountedLink,
  fillGaps,
  type Link,
  type Point,
  percentage,
  type Share,
  type Span,
  type Step,
  stepFor,
} from '../../core'
import type * as questions from './questions'
import type * as schema from './schema'

const success = true as const

/** A new link. */
export const created = (caller: Caller, link: Link): Wire<typeof schema.shortened> => ({
  success,
  shortCode: link.code,
  shortUrl: caller.shortUrl(link),
  originalUrl: link.destination,
})

type Page = { rows: readonly CountedLink[]; total: number; page: number; limit: number }

/** A page of links, newest first. */
export const urls = (
  caller: Caller,
  { rows, total, page, limit }: Page,
  totalClicks: number,
): Wire<typeof schema.urls> => ({
  success,
  data: rows.map(({ link, clicks }) => ({
    id: link.id,
    short_code: link.code,
    short_url: caller.shortUrl(link),
    original_url: link.destination,
    click_count: clicks,
    created_at: link.createdAt.toISOString(),
  })),
  pagination: { page, limit, total, totalPages: Math.ceil(total / limit) },
  totalClicks,
})

/** A deleted link. */
export const deleted: Wire<typeof schema.deleted> = { success, message: 'URL deleted' }

const granularities = {
  hour: 'hourly',
  day: 'daily',
  week: 'weekly',
  month: 'monthly',
} as const satisfies Record<Step, string>

const timeseries = (points: readonly Point[], span: Span) => {
  const step = stepFor(span)
  return {
    granularity: granularities[step],
    data: fillGaps(points, span, step).map(({ start, clicks, visitors }) => ({
      period: start,
      clicks,
      unique_visitors: visitors,
    })),
  }
}

type Counts = { clicks: number; visitors: number }

const totals = (now: Counts, before: Counts) => ({
  totalClicks: now.clicks,
  uniqueVisitors: now.visitors,
  prevPeriodClicks: before.clicks,
  prevPeriodUnique: before.visitors,
})

const sharesOf = (shares: readonly Share[], total: number) =>
  shares.map((share) => ({ ...share, percentage: percentage(share, total) }))

const top = ([share]: readonly Share[]) => share?.value ?? null

/** The analytics of one link. */
export const analytics = (
  span: Span,
  breakdown: questions.Breakdown | null,
  answers: Answers<ReturnType<typeof questions.analytics>>,
): Wire<typeof schema.analytics> => {
  const [now, before, series, countries, referrers, devices, browsers, shares] = answers
  const total = now.clicks
  return {
    success,
    summary: {
      ...totals(now, before),
      topCountry: top(countries),
      topReferrer: top(referrers),
      topDevice: top(devices),
      topBrowser: top(browsers),
    },
    timeseries: timeseries(series, span),
    ...(breakdown === null
      ? {}
      : { breakdown: { dimension: breakdown.by, total, data: sharesOf(shares, total) } }),
  }
}

type TopLink = { counted: CountedLink; clicks: number }

/** The analytics of all links of an account. */
export const overview = (
  span: Span,
  topLinks: readonly TopLink[],
  answers: Answers<ReturnType<typeof questions.overview>>,
): Wire<typeof schema.overview> => {
  const [now, before, series, countries, devices, browsers, systems, referrers] = answers
  const shown = (shares: readonly Share[]) => sharesOf(shares, now.clicks)
  return {
    success,
    ...totals(now, before),
    timeseries: timeseries(series, span),
    topUrls: topLinks.map(({ counted: { link }, clicks }) => ({
      short_code: link.code,
      original_url: link.destination,
      clicks,
    })),
    countryBreakdown: shown(countries),
    deviceBreakdown: shown(devices),
    browserBreakdown: shown(browsers),
    osBreakdown: shown(systems),
    referrerBreakdown: shown(referrers),
  }
}
