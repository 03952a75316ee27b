import { and, asc, desc, eq, gt, inArray, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Connection } from '../connect'
import { clicks, dictionary, linkTotals } from '../schema'
import type { LoggedClick, Questions } from '.'
import { inScope, matching } from './filter'

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

/** The newest clicks first. They can only be clicks of the links that were clicked last. */
export const answerRecent = (
  db: Db,
  { filter, limit }: Questions['recent']['input'],
): LoggedClick[] =>
  logged(db)
    .where(and(matching(db, filter), latestLinks(db, filter, limit)))
    .orderBy(desc(clicks.atMs), desc(clicks.linkId), desc(clicks.seq))
    .limit(limit)
    .all()

/** A link's clicks, oldest first, page by page. */
export const answerLog = (
  db: Db,
  { linkId, after, limit }: Questions['log']['input'],
): LoggedClick[] =>
  logged(db)
    .where(
      and(
        eq(clicks.linkId, linkId),
        after === null
          ? undefined
          : or(
              gt(clicks.atMs, after.at),
              and(eq(clicks.atMs, after.at), gt(clicks.seq, after.seq)),
            ),
      ),
    )
    .orderBy(asc(clicks.linkId), asc(clicks.atMs), asc(clicks.seq))
    .limit(limit)
    .all()

/** Only without other filters: then the newest `limit` clicks belong to the `limit` links clicked last. */
const latestLinks = (db: Db, filter: Questions['recent']['input']['filter'], limit: number) => {
  const { scope, from, to, bots, where } = filter
  if (from !== undefined || to !== undefined || bots !== undefined || where !== undefined)
    return undefined
  const latest = db
    .select({ id: linkTotals.linkId })
    .from(linkTotals)
    .where(inScope(db, scope, linkTotals.linkId))
    .orderBy(desc(linkTotals.lastAtMs))
    .limit(limit)
  return inArray(clicks.linkId, latest)
}

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
    .leftJoin(text.country, eq(text.country.id, clicks.country))
    .leftJoin(text.browser, eq(text.browser.id, clicks.browser))
    .leftJoin(text.os, eq(text.os.id, clicks.os))
    .leftJoin(text.device, eq(text.device.id, clicks.device))
    .leftJoin(text.referrer, eq(text.referrer.id, clicks.referrer))
    .leftJoin(text.language, eq(text.language.id, clicks.language))
    .leftJoin(text.bot, eq(text.bot.id, clicks.bot))
    .$dynamic()
