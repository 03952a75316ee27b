import { t } from 'elysia'
import { destination } from '../../api'

const success = t.Literal(true)
const count = t.Number({ description: 'Number of clicks' })
const visitors = t.Number({ description: 'Sum of daily visitors, bots left out' })

/** Body of `POST /api/v1/shorten`. */
export const shortenBody = t.Object({
  url: t.String({
    description: 'The URL to shorten. Must start with http:// or https://. Max 2048 characters.',
    ...destination,
  }),
})

/** Answer of `POST /api/v1/shorten`. */
export const shortened = t.Object({
  success,
  shortCode: t.String({ description: 'The generated 6-character code' }),
  shortUrl: t.String({ description: 'Full shortened URL ready to share' }),
  originalUrl: t.String({ description: 'The original URL you submitted' }),
})

/** Parameters of `GET /api/v1/urls`; read by `questions.ts`, because values beyond the bounds are clamped. */
export const urlsQuery = t.Object({
  page: t.Optional(t.String({ description: 'Page number for pagination (default 1)' })),
  limit: t.Optional(t.String({ description: 'Results per page (default 50, max 100)' })),
})

/** Answer of `GET /api/v1/urls`. */
export const urls = t.Object({
  success,
  data: t.Array(
    t.Object({
      id: t.Number(),
      short_code: t.String(),
      short_url: t.String(),
      original_url: t.String(),
      click_count: count,
      created_at: t.String({ description: 'ISO date and time with milliseconds' }),
    }),
  ),
  pagination: t.Object({
    page: t.Number(),
    limit: t.Number(),
    total: t.Number(),
    totalPages: t.Number(),
  }),
  totalClicks: t.Number({ description: 'Clicks of all your URLs' }),
})

/** Answer of `DELETE /api/v1/urls/{shortCode}`. */
export const deleted = t.Object({ success, message: t.Literal('URL deleted') })

const span = {
  start: t.Optional(
    t.String({ description: 'Start of date range (ISO date or ms timestamp); 30 days ago' }),
  ),
  end: t.Optional(t.String({ description: 'End of date range (ISO date or ms timestamp); now' })),
}

/** What clicks can be broken down by, in the document's words. */
export const dimension = t.Union([
  t.Literal('country'),
  t.Literal('device_type'),
  t.Literal('browser'),
  t.Literal('os'),
  t.Literal('referrer_domain'),
  t.Literal('language'),
])

/** Parameters of `GET /api/v1/analytics/{shortCode}`. */
export const analyticsQuery = t.Object({
  ...span,
  dimension: t.Optional(dimension),
  limit: t.Optional(t.String({ description: 'Max breakdown items (default 10, max 50)' })),
})

/** Parameters of `GET /api/v1/analytics/overview`. */
export const overviewQuery = t.Object(span)

const share = t.Object({
  value: t.String(),
  clicks: count,
  percentage: t.Number({ description: 'Of all clicks, one decimal' }),
})
const shares = t.Array(share)

const timeseries = t.Object({
  granularity: t.Union([
    t.Literal('hourly'),
    t.Literal('daily'),
    t.Literal('weekly'),
    t.Literal('monthly'),
  ]),
  data: t.Array(
    t.Object({
      period: t.Number({ description: 'Start of the step, ms since 1970' }),
      clicks: count,
      unique_visitors: visitors,
    }),
  ),
})

const totals = {
  totalClicks: count,
  uniqueVisitors: visitors,
  prevPeriodClicks: count,
  prevPeriodUnique: visitors,
}
const top = t.Union([t.String(), t.Null()])

/** Answer of `GET /api/v1/analytics/{shortCode}`. */
export const analytics = t.Object({
  success,
  summary: t.Object({
    ...totals,
    topCountry: top,
    topReferrer: top,
    topDevice: top,
    topBrowser: top,
  }),
  timeseries,
  breakdown: t.Optional(t.Object({ dimension: dimension, total: count, data: shares })),
})

/** Answer of `GET /api/v1/analytics/overview`. */
export const overview = t.Object({
  success,
  ...totals,
  timeseries,
  topUrls: t.Array(t.Object({ short_code: t.String(), original_url: t.String(), clicks: count })),
  countryBreakdown: shares,
  deviceBreakdown: shares,
  browserBreakdown: shares,
  osBreakdown: shares,
  referrerBreakdown: shares,
})
