/** The lists of the statistics in the document's spelling: counts are strings. */
import type { Answers, LoggedClick, Point, Share } from '../../core'
import type * as questions from './questions'

/** An instant as the document prints it: `2026-02-10T08:00:00+00:00`. */
export const instant = (at: Date | number) => `${new Date(at).toISOString().slice(0, 19)}+00:00`

/** The answers behind the free statistics. */
export type FreeLists = Answers<ReturnType<typeof questions.free>>
/** The answers behind all statistics. */
export type AllLists = Answers<ReturnType<typeof questions.all>>

/** The lists that anybody may read. */
export const freeLists = ([, dates, countries, referrers]: readonly [
  ...FreeLists,
  ...unknown[],
]) => ({
  clicks_by_date: byDate(dates),
  clicks_by_country: byCountry(countries),
  clicks_by_referrer: byReferrer(referrers),
})

/** All lists. */
export const allLists = (lists: readonly [...AllLists, ...unknown[]]) => {
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

/** Counts in breakdowns are strings, as documented. */
const text = ({ clicks }: { clicks: number }) => ({ clicks: String(clicks) })

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

/** One click of the log, here and in exports. */
export const click = (logged: LoggedClick) => ({
  clicked_at: instant(logged.at),
  country_code: logged.country,
  browser: logged.browser,
  os: logged.os,
  device_type: logged.device,
  referer: logged.referrer,
  is_bot: logged.bot !== null,
})
