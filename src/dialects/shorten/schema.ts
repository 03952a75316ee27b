import { t } from 'elysia'
import { destination } from '../../api'

const code = t.String({ description: 'Short code' })
const count = t.Number({ description: 'Number of clicks' })
const countText = t.String({ description: 'Number of clicks, as a string' })
const instant = t.String({ description: 'Instant, `YYYY-MM-DDTHH:MM:SS+00:00`' })

/** Body of `POST /api/shorten`. */
export const shortenBody = t.Object({
  url: t.String({
    description: 'The URL to shorten. Must be a valid http/https URL.',
    ...destination,
  }),
  customer_secret_key: t.Optional(
    t.String({ description: 'Supply your own key instead of getting an auto-generated one.' }),
  ),
})

/** Answer of `POST /api/shorten`. */
export const shortened = t.Object({
  short_url: t.String(),
  short_code: code,
  original_url: t.String(),
  customer_secret_key: t.String({ description: 'Cannot be recovered later.' }),
})

const none = t.Null()
const dates = t.Array(t.Object({ date: t.String(), clicks: countText }))
const countries = t.Array(t.Object({ country: t.String(), clicks: countText }))
const referrers = t.Array(t.Object({ referer: t.String(), clicks: countText }))

const totals = {
  total_clicks: count,
  total_unique_clicks: t.Number({ description: 'Sum of daily visitors, bots left out' }),
  avg_redirect_time_ms: t.Number({ description: 'Measured by this server, 2 decimals' }),
  bot_clicks: count,
}

const ofLink = {
  short_code: code,
  short_url: t.String(),
  original_url: t.String(),
  creation_date: instant,
  last_click: t.Union([instant, none]),
}

/** Answer of `GET /api/stats/{code}` without a dashboard key. */
export const freeStats = t.Object({
  ...ofLink,
  ...totals,
  access_level: t.Literal('free'),
  clicks_by_date: dates,
  clicks_by_country: countries,
  clicks_by_referrer: referrers,
})

/** One click of the log. */
export const loggedClick = t.Object({
  clicked_at: instant,
  country_code: t.String(),
  browser: t.String(),
  os: t.String(),
  device_type: t.String(),
  referer: t.String(),
  is_bot: t.Boolean(),
})

const paid = {
  access_level: t.Literal('paid'),
  paid_expires_at: t.Union([instant, none]),
  paid_days_remaining: t.Union([t.Number(), none]),
}

const allLists = {
  clicks_by_date: dates,
  clicks_by_country: countries,
  clicks_by_referrer: referrers,
  clicks_by_browser: t.Array(t.Object({ browser: t.String(), clicks: countText })),
  clicks_by_os: t.Array(t.Object({ os: t.String(), clicks: countText })),
  clicks_by_device: t.Array(t.Object({ device_type: t.String(), clicks: countText })),
  clicks_by_hour: t.Array(t.Object({ hour: t.Number(), clicks: countText })),
  clicks_by_bot: t.Array(t.Object({ bot_name: t.String(), clicks: countText })),
  recent_clicks: t.Array(loggedClick),
}

/** Answer of `GET /api/stats/{code}` with a dashboard key. */
export const paidStats = t.Object({ ...ofLink, ...totals, ...paid, ...allLists })

const date = (description: string) =>
  t.Optional(t.String({ format: 'date', description: `${description} date YYYY-MM-DD` }))

/** Parameters of `GET /api/dashboard`. */
export const dashboardQuery = t.Object({
  link: t.Optional(t.String({ description: 'Filter to a specific short code' })),
  country: t.Optional(
    t.String({
      pattern: '^[A-Za-z]{2}$',
      description: 'Filter by 2-letter country code (e.g. US)',
    }),
  ),
  browser: t.Optional(t.String({ description: 'Filter by browser name' })),
  os: t.Optional(t.String({ description: 'Filter by OS name' })),
  from: date('Start'),
  to: date('End'),
  hide_bots: t.Optional(
    t.Union([t.Literal('0'), t.Literal('1')], { description: 'Set to 1 to exclude bot clicks' }),
  ),
  tz_offset: t.Optional(
    t.Integer({
      minimum: -12,
      maximum: 14,
      description: 'Timezone offset in hours for hourly chart',
    }),
  ),
  key: t.Optional(t.String({ description: 'Dashboard key' })),
})

const orNull = t.Union([t.String(), none])

/** Answer of `GET /api/dashboard`. */
export const dashboard = t.Object({
  ...paid,
  filters: t.Object({
    link: orNull,
    country: orNull,
    browser: orNull,
    os: orNull,
    from: orNull,
    to: orNull,
    hide_bots: t.Boolean(),
    tz_offset: t.Number(),
  }),
  total_links: t.Number(),
  ...totals,
  ...allLists,
  links: t.Array(
    t.Object({
      short_code: code,
      short_url: t.String(),
      original_url: t.String(),
      total_clicks: count,
      creation_date: instant,
      last_click: t.Union([instant, none]),
    }),
  ),
})

/** Body of `POST /api/bind`. */
export const bindBody = t.Object({
  access_key: t.Optional(t.String({ description: 'Your dashboard key' })),
  link_codes: t.Array(t.String(), { maxItems: 100, description: 'Short codes to add' }),
})

/** Parameters of `GET /api/export/{code}`. */
export const exportQuery = t.Object({
  format: t.Union([t.Literal('csv'), t.Literal('json'), t.Literal('xml'), t.Literal('xlsx')], {
    description: 'csv for everybody; json, xml and xlsx with a dashboard key',
  }),
  key: t.Optional(t.String({ description: 'Dashboard key' })),
})

/** Answer of `POST /api/bind`. */
export const bound = t.Object({
  bound: t.Number(),
  skipped: t.Array(t.Object({ code, reason: t.String() })),
})
