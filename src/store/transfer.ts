import { and, asc, eq, gt, isNull } from 'drizzle-orm'
import type { NewClick } from './click'
import type { Connection } from './connect'
import {
  type Account,
  accounts,
  type Campaign,
  campaigns,
  type Domain,
  domains,
  type Key,
  keys,
  type Link,
  links,
  linkTotals,
} from './schema'
import type { Writer } from './writer'

/** One line of an export. References are the ids of the instance that wrote it. */
export type Line =
  | { type: 'account'; account: Account; keys: Omit<Key, 'sealed'>[] }
  | { type: 'campaign'; campaign: Campaign }
  | { type: 'domain'; domain: Domain }
  | { type: 'link'; link: Link }
  | { type: 'click'; click: NewClick }

type Stored = { id: number; outcome: 'added' | 'known' }

const pageSize = 500

/** Everything, out of one database and into another; what is there already is found again, not doubled. */
export const transferStore = (connection: Connection, { write }: Writer) => {
  const { db } = connection

  const findAccount = ({ email, kind, createdAt }: Account, hashes: readonly string[]) => {
    for (const hash of hashes) {
      const held = db.select({ id: keys.accountId }).from(keys).where(eq(keys.hash, hash)).get()
      if (held !== undefined) return held.id
    }
    const same =
      email === null
        ? and(eq(accounts.kind, kind), isNull(accounts.email), eq(accounts.createdAt, createdAt))
        : eq(accounts.email, email)
    return db.select({ id: accounts.id }).from(accounts).where(same).get()?.id
  }

  return {
    /** Every line, links right before their clicks. */
    lines: () => everything(connection),

    /** How many links there are, deleted ones included. */
    linkCount: async () => db.$count(links),

    /** Adds an account with its keys, or finds the one that has this email or one of these keys. */
    account: (account: Account, itsKeys: readonly Omit<Key, 'sealed'>[]): Promise<Stored> =>
      write(() => {
        const found = findAccount(
          account,
          itsKeys.map(({ hash }) => hash),
        )
        const { id: _, ...row } = account
        const id = found ?? db.insert(accounts).values(row).returning().get().id
        for (const { id: _, ...key } of itsKeys)
          db.insert(keys)
            .values({ ...key, accountId: id })
            .onConflictDoNothing()
            .run()
        return { id, outcome: found === undefined ? 'added' : 'known' }
      }),

    campaign: (row: Campaign) =>
      write(() => void db.insert(campaigns).values(row).onConflictDoNothing().run()),

    domain: (row: Domain) =>
      write(() => void db.insert(domains).values(row).onConflictDoNothing().run()),

    /** Adds a link, or finds the same one again; null when its code belongs to a different one. */
    link: ({ id: _, ...row }: Link): Promise<(Stored & { clicks: number }) | null> =>
      write(() => {
        const added = db.insert(links).values(row).onConflictDoNothing().returning().get()
        if (added !== undefined) return { id: added.id, outcome: 'added', clicks: 0 }
        const same = db
          .select({ id: links.id, clicks: linkTotals.clicks })
          .from(links)
          .leftJoin(linkTotals, eq(linkTotals.linkId, links.id))
          .where(
            and(
              eq(links.domainId, row.domainId),
              eq(links.code, row.code),
              eq(links.destination, row.destination),
              eq(links.createdAt, row.createdAt),
            ),
          )
          .get()
        return same === undefined
          ? null
          : { id: same.id, outcome: 'known', clicks: same.clicks ?? 0 }
      }),

    /** The account with this email, or without one the first administrator; null when there is none. */
    ownerFor: async (email: string | null): Promise<Account | null> =>
      db
        .select()
        .from(accounts)
        .where(email === null ? eq(accounts.role, 'admin') : eq(accounts.email, email))
        .orderBy(asc(accounts.id))
        .get() ?? null,
  }
}

function* everything(connection: Connection): Generator<Line> {
  const { db } = connection
  for (const account of db.select().from(accounts).all()) {
    const own = db.select().from(keys).where(eq(keys.accountId, account.id)).all()
    yield { type: 'account', account, keys: own.map(({ sealed: _, ...key }) => key) }
  }
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
