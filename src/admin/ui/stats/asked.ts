import type { api } from '../api'
import { offsetMinutes } from '../parts/moments'

/** The spans that are offered, with their lengths in hours; null: since the beginning. */
export const ranges = {
  '24h': ['24 hours', 24],
  '7d': ['7 days', 7 * 24],
  '30d': ['30 days', 30 * 24],
  '90d': ['90 days', 90 * 24],
  '12m': ['12 months', 365 * 24],
  all: ['All time', null],
} as const

export type Range = keyof typeof ranges

/** What a click on a bar or a country narrows to. */
export const narrowing = {
  country: 'Country',
  browser: 'Browser',
  os: 'System',
  device: 'Device',
  referrer: 'Referrer',
  language: 'Language',
} as const

export type Narrowing = keyof typeof narrowing

type StatsQuery = NonNullable<NonNullable<Parameters<typeof api.stats.get>[0]>['query']>

const hour = 3_600_000

/** The span that an address names; seven days when it names none. */
export const rangeOf = (values: Readonly<Record<string, string>>): Range =>
  values.range !== undefined && Object.hasOwn(ranges, values.range) ? (values.range as Range) : '7d'

/** The question to the API behind an address. `since` is the beginning of all time, ISO. */
export const statsQueryOf = (
  values: Readonly<Record<string, string>>,
  since: string,
  linkId?: number,
): StatsQuery => {
  const [, hours] = ranges[rangeOf(values)]
  const whole = Math.floor(Date.now() / hour) * hour + hour
  const numbers = { link: linkId ?? positive(values.link), account: positive(values.account) }
  const texts = [...Object.keys(narrowing), 'tag', 'folder', 'campaignId', 'domainId'].map(
    (name) => [name, values[name]] as const,
  )
  return {
    from: hours === null ? since : new Date(whole - hours * hour).toISOString(),
    offset: offsetMinutes(),
    bots: values.bots === 'none' || values.bots === 'only' ? values.bots : 'all',
    ...Object.fromEntries(
      [...texts, ...Object.entries(numbers)].filter(([, value]) => value !== undefined),
    ),
  }
}

const positive = (text: string | undefined) => {
  const number = Number(text)
  return Number.isInteger(number) && number > 0 ? number : undefined
}
