import type { Answers, Caller, Link, LinkShare, LoggedClick, Point, Share } from '../../core'
import type { Wire } from '../../http'
import type * as questions from './questions'
import type * as schema from './schema'

/** An instant as the document prints it: `2026-02-10T08:00:00+00:00`. */
const instant = (at: Date | number) => `${new Date(at).toISOString().slice(0, 19)}+00:00`

/** Counts in breakdowns are strings, as documented. */
const text = ({ clicks }: { clicks: number }) => ({ clicks: String(clicks) })

/** A new link, with the key that groups it. */
export const created = (
  caller: Caller,
  link: Link,
  secret: string,
): Wire<typeof schema.shortened> => ({
  short_url: caller.shortUrl(link),
  short_code: link.code,
  original_url: link.destination,
  customer_secret_key: secret,
})

type Counted = { clicks: number; visitors: number; bots: number; redirectUs: number }

/** Totals are numbers; the average time of a redirect is in ms with two decimals. */
const totals = ({ clicks, visitors, bots, redirectUs }: Counted) => ({
  total_clicks: clicks,
  total_unique_clicks: visitors,
  bot_clicks: bots,
  avg_redirect_time_ms: clicks === 0 ? 0 : Math.round(redirectUs / clicks / 10) / 100,
})

const byDate = (points: readonly Point[]) =>
  points.map((point) => ({
    date: new Date(point.start).toISOString().slice(0, 10),
    ...text(point),
  }))

const byCountry = (shares: readonly Share[]) =>
  shares.map((share) => ({ country: share.value, ...text(share) }))

const byReferrer = (shares: readonly Share[]) =>
  shares.map((share) => ({ referer: share.value, ...text(share) }))

const byBrowser = (shares: readonly Share[]) =>
  shares.map((share) => ({ browser: share.value, ...text(share) }))

const byOs = (shares: readonly Share[]) =>
  shares.map((share) => ({ os: share.value, ...text(share) }))

const byDevice = (shares: readonly Share[]) =>
  shares.map((share) => ({ device_type: share.value, ...text(share) }))

const byBot = (shares: readonly Share[]) =>
  shares.map((share) => ({ bot_name: share.value, ...text(share) }))

/** Hours in their order, as the document prints them. */
const byHour = (hours: readonly { hour: number; clicks: number }[]) =>
  hours.map((share) => ({ hour: share.hour, ...text(share) }))

/** The newest clicks, one by one. */
const click = (logged: LoggedClick) => ({
  clicked_at: instant(logged.at),
  country_code: logged.country,
  browser: logged.browser,
  os: logged.os,
  device_type: logged.device,
  referer: logged.referrer,
  is_bot: logged.bot !== null,
})

/** What a link is, above its numbers. */
const ofLink = (caller: Caller, shown: Link, lastAt: number | null) => ({
  short_code: shown.code,
  short_url: caller.shortUrl(shown),
  original_url: shown.destination,
  creation_date: instant(shown.createdAt),
  last_click: lastAt === null ? null : instant(lastAt),
})

/** Until when the caller's plan is paid; null: it never ends. */
const paid = ({ account }: Pick<Caller, 'account'>, now: number) => {
  const until = account?.planExpiresAt ?? null
  const left = until === null ? null : Math.max(0, Math.ceil((until.getTime() - now) / 86_400_000))
  return {
    access_level: 'paid' as const,
    paid_expires_at: until === null ? null : instant(until),
    paid_days_remaining: left,
  }
}

type FreeLists = Answers<ReturnType<typeof questions.free>>
type AllLists = Answers<ReturnType<typeof questions.all>>

const freeLists = ([, dates, countries, referrers]: readonly [...FreeLists, ...unknown[]]) => ({
  clicks_by_date: byDate(dates),
  clicks_by_country: byCountry(countries),
  clicks_by_referrer: byReferrer(referrers),
})

const allLists = (lists: readonly [...AllLists, ...unknown[]]) => {
  const [totals, dates, countries, referrers, browsers, systems, devices, hours, bots, recent] =
    lists
  return {
    ...freeLists([totals, dates, countries, referrers]),
    clicks_by_browser: byBrowser(browsers),
    clicks_by_os: byOs(systems),
    clicks_by_device: byDevice(devices),
    clicks_by_hour: byHour(hours),
    clicks_by_bot: byBot(bots),
    recent_clicks: recent.map(click),
  }
}

/** Statistics that anybody may read. */
export const freeStats = (
  caller: Caller,
  link: Link,
  lists: FreeLists,
): Wire<typeof schema.freeStats> => ({
  ...ofLink(caller, link, lists[0].lastAt),
  ...totals(lists[0]),
  access_level: 'free',
  ...freeLists(lists),
})

/** Statistics for the link's own account. */
export const paidStats = (
  caller: Caller,
  link: Link,
  lists: AllLists,
  now: number,
): Wire<typeof schema.paidStats> => ({
  ...ofLink(caller, link, lists[0].lastAt),
  ...totals(lists[0]),
  ...paid(caller, now),
  ...allLists(lists),
})

type DashboardLists = [...AllLists, LinkShare[]]

/** All of an account's statistics, and its links by clicks. */
export const dashboard = (
  caller: Caller,
  query: Wire<typeof schema.dashboardQuery>,
  own: { rows: readonly Link[]; total: number },
  lists: DashboardLists,
  now: number,
): Wire<typeof schema.dashboard> => ({
  ...paid(caller, now),
  filters: filters(query),
  total_links: own.total,
  ...totals(lists[0]),
  ...allLists(lists),
  links: byClicks(own.rows, lists[10]).map(({ link, clicks, lastAt }) => ({
    ...ofLink(caller, link, lastAt),
    total_clicks: clicks,
  })),
})

const filters = (query: Wire<typeof schema.dashboardQuery>) => ({
  link: query.link ?? null,
  country: query.country?.toUpperCase() ?? null,
  browser: query.browser ?? null,
  os: query.os ?? null,
  from: query.from ?? null,
  to: query.to ?? null,
  hide_bots: query.hide_bots === '1',
  tz_offset: query.tz_offset ?? 0,
})

const byClicks = (links: readonly Link[], shares: readonly LinkShare[]) => {
  const known = new Map(shares.map((share) => [share.linkId, share]))
  return links
    .map((link) => ({
      link,
      clicks: known.get(link.id)?.clicks ?? 0,
      lastAt: known.get(link.id)?.lastAt ?? null,
    }))
    .toSorted((a, b) => b.clicks - a.clicks)
}

/** What became of each code that was to be bound. */
export const bound = (
  outcomes: readonly { code: string; outcome: 'bound' | 'already bound' | 'not found' }[],
): Wire<typeof schema.bound> => ({
  bound: outcomes.filter(({ outcome }) => outcome === 'bound').length,
  skipped: outcomes
    .filter(({ outcome }) => outcome !== 'bound')
    .map(({ code, outcome }) => ({ code, reason: outcome })),
})
