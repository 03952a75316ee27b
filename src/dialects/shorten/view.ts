import type { Wire } from '../../api'
import type { Caller, Link, LinkShare, LoggedClick } from '../../core'
import type { Table } from '../../export'
import { day } from '../../time'
import { type AllLists, allLists, click, type FreeLists, freeLists, instant } from './lists'
import * as schema from './schema'

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
  const left = until === null ? null : Math.max(0, Math.ceil((until.getTime() - now) / day))
  return {
    access_level: 'paid' as const,
    paid_expires_at: until === null ? null : instant(until),
    paid_days_remaining: left,
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
  own: { rows: readonly { link: Link }[]; total: number },
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

const byClicks = (rows: readonly { link: Link }[], shares: readonly LinkShare[]) => {
  const known = new Map(shares.map((share) => [share.linkId, share]))
  return rows
    .map(({ link }) => ({
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

/** A link's clicks as a table, page by page. */
export const clickTable = (log: AsyncIterable<readonly LoggedClick[]>): Table => ({
  row: 'click',
  columns: Object.keys(schema.loggedClick.properties),
  pages: rowsOf(log),
})

const rowsOf = async function* (log: AsyncIterable<readonly LoggedClick[]>) {
  for await (const page of log) yield page.map(click)
}
