import { asc, eq, gt, sql } from 'drizzle-orm'
import type { NewClick } from './clicks/click'
import type { Connection } from './engine/connect'
import {
  type Account,
  accounts,
  type Campaign,
  campaigns,
  type Domain,
  domains,
  type GuestSession,
  guestSessions,
  type Key,
  keys,
  type Link,
  links,
} from './schema'

/** An account of an export with what it is known by. */
export type AccountLine = {
  account: Account
  keys: Omit<Key, 'sealed'>[]
  guestSessions: GuestSession[]
}

/** One line of an export. References are the ids of the instance that wrote it. */
export type Line =
  | ({ type: 'account' } & AccountLine)
  | { type: 'campaign'; campaign: Campaign }
  | { type: 'domain'; domain: Domain }
  | { type: 'link'; link: Link }
  | { type: 'click'; click: NewClick }

const pageSize = 500

/** Every line of an export, accounts first, links right before their clicks. */
export function* everything(connection: Connection): Generator<Line> {
  const { db } = connection
  yield* accountsOf(connection)
  for (const campaign of db.select().from(campaigns).all()) yield { type: 'campaign', campaign }
  for (const domain of db.select().from(domains).all()) yield { type: 'domain', domain }
  for (let after = 0; ; ) {
    const page = db
      .select()
      .from(links)
      .where(gt(links.id, after))
      .orderBy(asc(links.id))
      .limit(pageSize)
      .all()
    for (const link of page) {
      yield { type: 'link', link }
      yield* clicksOf(connection, link.id)
    }
    after = page.at(-1)?.id ?? 0
    if (page.length < pageSize) return
  }
}

function* accountsOf({ db }: Connection): Generator<Line> {
  const id = sql.placeholder('id')
  const keysOf = db.select().from(keys).where(eq(keys.accountId, id)).prepare()
  const guestSessionsOf = db
    .select()
    .from(guestSessions)
    .where(eq(guestSessions.accountId, id))
    .prepare()
  for (const account of db.select().from(accounts).all())
    yield {
      type: 'account',
      account,
      keys: keysOf.all({ id: account.id }).map(({ sealed: _, ...key }) => key),
      guestSessions: guestSessionsOf.all({ id: account.id }),
    }
}

type ClickRow = Omit<NewClick, 'referrer' | 'visitor'> & {
  origin: string
  domain: string
  visitor: Uint8Array | null
}

/** A link's clicks in order, read one by one: there may be millions. */
function* clicksOf({ sqlite }: Connection, linkId: number): Generator<Line> {
  const rows = sqlite
    .prepare<ClickRow, [number]>(
      `SELECT c.link_id AS linkId, c.at_ms AS at, c.redirect_us AS redirectUs, country.text AS country,
        browser.text AS browser, os.text AS os, device.text AS device, referrer.text AS origin,
        coalesce(domain.text, referrer.text) AS domain, language.text AS language, bot.text AS bot, c.visitor
      FROM clicks c JOIN profiles p ON p.id = c.profile JOIN dictionary country ON country.id = p.country
        JOIN dictionary browser ON browser.id = p.browser JOIN dictionary os ON os.id = p.os
        JOIN dictionary device ON device.id = p.device JOIN dictionary referrer ON referrer.id = c.referrer
        LEFT JOIN dictionary domain ON domain.id = referrer.domain_id
        JOIN dictionary language ON language.id = p.language LEFT JOIN dictionary bot ON bot.id = p.bot
      WHERE c.link_id = ? ORDER BY c.at_ms, c.seq`,
    )
    .iterate(linkId)
  for (const { origin, domain, ...click } of rows)
    yield { type: 'click', click: { ...click, referrer: { origin, domain } } }
}
