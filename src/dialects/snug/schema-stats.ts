import { t } from 'elysia'
import { dimensions } from '../../core'
import { instant, oneOf, orNull } from './schema'
import { link, linkFilter } from './schema-links'

/** What statistics can be split by. */
export const splits = [...Object.keys(dimensions), 'hour', 'link'] as readonly (
  | keyof typeof dimensions
  | 'hour'
  | 'link'
)[]

const isoMoment =
  '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2}))?$'
const moment = (description: string) => t.Optional(t.String({ pattern: isoMoment, description }))
const only = (description: string) => t.Optional(t.String({ maxLength: 200, description }))

const asked = {
  from: moment('Start, ISO date or instant; 30 days before `to` when absent'),
  to: moment('End, excluded; a date stands for its whole day; now when absent'),
  country: t.Optional(t.String({ pattern: '^[A-Za-z]{2}$', description: 'Two letters' })),
  browser: only('Browser name'),
  os: only('Operating system name'),
  device: only('Device type'),
  referrer: only('Origin, or `Direct`'),
  referrerDomain: only('Registrable domain of the origin'),
  language: only('Language code'),
  bots: t.Optional(
    oneOf(['all', 'none', 'only'], { default: 'all', description: 'Clicks of bots' }),
  ),
  offset: t.Optional(
    t.Integer({
      minimum: -840,
      maximum: 840,
      default: 0,
      description: 'Minutes east of UTC: where days and hours of the day begin',
    }),
  ),
  step: t.Optional(
    oneOf(['hour', 'day', 'week', 'month'], { description: 'As it suits when absent' }),
  ),
  dimensions: t.Optional(
    t.String({
      maxLength: 200,
      pattern: `^((${splits.join('|')})(,|$))*$`,
      description: `What to split by, comma separated: ${splits.join(' ')}`,
      examples: ['country,browser,hour'],
    }),
  ),
  limit: t.Optional(
    t.Integer({ minimum: 1, maximum: 100, default: 10, description: 'Rows of a split' }),
  ),
}

/** Parameters of `GET /api/snug/v1/links/{id}/stats`. */
export const linkStatsQuery = t.Object(asked)

/** Parameters of `GET /api/snug/v1/stats`. */
export const statsQuery = t.Object({
  ...asked,
  ...linkFilter,
  link: t.Optional(t.Integer({ minimum: 1, description: 'Only this link' })),
  campaign: linkFilter.campaignId,
})

const counts = { clicks: t.Integer(), visitors: t.Integer() }
const shares = t.Array(t.Object({ value: t.String(), clicks: t.Integer(), percentage: t.Number() }))

/** Statistics. */
export const stats = t.Object({
  from: instant,
  to: instant,
  step: oneOf(['hour', 'day', 'week', 'month']),
  totals: t.Object({
    ...counts,
    bots: t.Integer({ description: 'Clicks of bots, among the clicks' }),
    averageRedirectMs: t.Number({ description: 'How long an answer took, 2 decimals' }),
    lastClickAt: orNull(instant),
  }),
  previous: t.Object(counts, { description: 'The span of the same length right before' }),
  series: t.Array(t.Object({ start: instant, ...counts }), {
    description: 'Without gaps; at most 1,000 points, the newest',
  }),
  breakdowns: t.Partial(
    t.Object({
      country: shares,
      browser: shares,
      os: shares,
      device: shares,
      referrer: shares,
      referrerDomain: shares,
      language: shares,
      bot: shares,
    }),
    { description: 'Those that were asked for, most clicks first' },
  ),
  hours: orNull(
    t.Array(t.Object({ hour: t.Integer(), clicks: t.Integer() }), {
      description: 'Clicks by hour of the day',
    }),
  ),
  topLinks: orNull(
    t.Array(t.Object({ clicks: t.Integer(), lastClickAt: instant, link }), {
      description: 'Clicks within the span; `link` holds those of its whole life',
    }),
  ),
})

/** One click, as little as is known of it. */
export const click = t.Object({
  linkId: t.Integer(),
  at: instant,
  country: t.String({ description: 'Two letters, `XX` when unknown' }),
  browser: t.String(),
  os: t.String(),
  device: t.String(),
  referrer: t.String({ description: 'Origin, or `Direct`' }),
  language: t.String(),
  bot: orNull(t.String({ description: 'The bot’s name; null: a person' })),
})
