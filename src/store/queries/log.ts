import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Connection } from '../engine/connect'
import { clicks, dictionary, linkTotals, profiles } from '../schema'
import type { Filter, LoggedClick, Queries } from '.'
import { inScope, isPlain, matching } from './filter'

type Db = Connection['db']

const text = {
  country: alias(dictionary, 'country_text'),
  browser: alias(dictionary, 'browser_text'),
  os: alias(dictionary, 'os_text'),
  device: alias(dictionary, 'device_text'),
  referrer: alias(dictionary, 'referrer_text'),
  language: alias(dictionary, 'language_text'),
  bot: alias(dictionary, 'bot_text'),
}

/**
 * The newest clicks first. Within a link they lie in the order of time, so links are asked one after
 * the other, beginning with the one clicked last, until no other can have a newer click.
 */
export const answerRecent = (
  db: Db,
  { filter, limit, offset = 0 }: Queries['recent']['input'],
): LoggedClick[] => {
  const { scope } = filter
  if (typeof scope === 'object' && 'links' in scope && scope.links.length === 1)
    return newestOf(db, filter, limit, offset)
  const wanted = offset + limit
  let newest: LoggedClick[] = []
  for (const { linkId, lastAt } of latestLinks(db, filter, wanted)) {
    if (newest.length === wanted && lastAt < (newest.at(-1)?.at ?? 0)) break
    const ofLink = newestOf(db, { ...filter, scope: { links: [linkId] } }, wanted)
    newest = [...newest, ...ofLink].sort(newestFirst).slice(0, wanted)
  }
  return newest.slice(offset)
}

const newestFirst = (a: LoggedClick, b: LoggedClick) =>
  b.at - a.at || b.linkId - a.linkId || b.seq - a.seq

/** With nothing but links asked for, the newest `wanted` clicks are on the `wanted` links clicked last. */
const latestLinks = (db: Db, filter: Filter, wanted: number) => {
  const some = db
    .select({ linkId: linkTotals.linkId, lastAt: linkTotals.lastAtMs })
    .from(linkTotals)
    .where(
      and(
        inScope(db, filter.scope, linkTotals.linkId),
        filter.from === undefined ? undefined : sql`${linkTotals.lastAtMs} >= ${filter.from}`,
      ),
    )
    .orderBy(desc(linkTotals.lastAtMs), desc(linkTotals.linkId))
    .$dynamic()
  return isPlain(filter) && filter.to === undefined ? some.limit(wanted).all() : some.all()
}

const newestOf = (db: Db, filter: Filter, limit: number, offset = 0): LoggedClick[] =>
  logged(db)
    .where(matching(db, filter))
    .orderBy(desc(clicks.atMs), desc(clicks.seq))
    .limit(limit)
    .offset(offset)
    .all()

/** A link's clicks, oldest first, page by page. */
export const answerLog = (
  db: Db,
  { linkId, after, limit }: Queries['log']['input'],
): LoggedClick[] =>
  logged(db)
    .where(
      and(
        eq(clicks.linkId, linkId),
        // as one row value, which the primary key answers; two conditions would scan from the start
        after === null
          ? undefined
          : sql`(${clicks.atMs}, ${clicks.seq}) > (${after.at}, ${after.seq})`,
      ),
    )
    .orderBy(asc(clicks.linkId), asc(clicks.atMs), asc(clicks.seq))
    .limit(limit)
    .all()

const logged = (db: Db) =>
  db
    .select({
      linkId: clicks.linkId,
      at: clicks.atMs,
      seq: clicks.seq,
      country: sql<string>`${text.country.text}`,
      browser: sql<string>`${text.browser.text}`,
      os: sql<string>`${text.os.text}`,
      device: sql<string>`${text.device.text}`,
      referrer: sql<string>`${text.referrer.text}`,
      language: sql<string>`${text.language.text}`,
      bot: text.bot.text,
    })
    .from(clicks)
    .leftJoin(profiles, eq(profiles.id, clicks.profile))
    .leftJoin(text.country, eq(text.country.id, profiles.country))
    .leftJoin(text.browser, eq(text.browser.id, profiles.browser))
    .leftJoin(text.os, eq(text.os.id, profiles.os))
    .leftJoin(text.device, eq(text.device.id, profiles.device))
    .leftJoin(text.referrer, eq(text.referrer.id, clicks.referrer))
    .leftJoin(text.language, eq(text.language.id, profiles.language))
    .leftJoin(text.bot, eq(text.bot.id, profiles.bot))
    .$dynamic()
