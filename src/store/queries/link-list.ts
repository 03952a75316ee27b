import {
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  lte,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Connection } from '../engine/connect'
import { accountTotals, links, linkTotals } from '../schema'
import type { LinkSearch, LinkSort, LinkState, Queries } from '.'

type Db = Connection['db']

/** A link and its running totals, of `links` joined to `linkTotals`. */
export const countedColumns = {
  link: links,
  clicks: sql<number>`coalesce(${linkTotals.clicks}, 0)`,
  visitors: sql<number>`coalesce(${linkTotals.visitors}, 0)`,
  lastAt: linkTotals.lastAtMs,
}

/** A page of links with their running totals, and how many there are in all. */
export const answerLinks = (
  db: Db,
  { search, sort, offset, limit }: Queries['links']['input'],
): Queries['links']['answer'] => {
  const found = and(searched(search), inAccount(db, search))
  // ids first: what is skipped is then skipped in an index, without reading links or totals
  const ids = db.select({ id: links.id }).from(links).$dynamic()
  const sorted = isOfTotals(sort) ? ids.leftJoin(linkTotals, eq(linkTotals.linkId, links.id)) : ids
  const shown = sorted
    .where(found)
    .orderBy(...order(sort))
    .limit(limit)
    .offset(offset)
  const rows = db
    .select(countedColumns)
    .from(links)
    .leftJoin(linkTotals, eq(linkTotals.linkId, links.id))
    .where(inArray(links.id, shown))
    .orderBy(...order(sort))
    .all()
  // a page that is not full is the last: a search that finds little has looked at everything already
  const isLast = rows.length < limit && (rows.length > 0 || offset === 0)
  const total = isLast ? offset + rows.length : (keptLinks(db, search) ?? counted(db, found))
  return { rows, total }
}

const isOfTotals = ({ by }: LinkSort) =>
  by === 'clicks' || by === 'visitors' || by === 'lastClickAt'

const counted = (db: Db, found: SQL | undefined): number =>
  db.select({ links: count() }).from(links).where(found).get()?.links ?? 0

/** How many links an account has, from its running totals; null when more is looked for than that. */
const keptLinks = (db: Db, { account, bound, state, words, now: _, ...exact }: LinkSearch) => {
  const narrowed = Object.values(exact).some((value) => value !== undefined)
  if (account === null || state !== 'kept' || words.length > 0 || narrowed) return null
  const all = db
    .select({ links: sql<number>`coalesce(sum(${accountTotals.links}), 0)` })
    .from(accountTotals)
    .where(
      and(eq(accountTotals.accountId, account), bound ? undefined : eq(accountTotals.bound, false)),
    )
    .get()
  return all?.links ?? 0
}

/** The ids of the links that a search finds, in their order; with a limit the next ones after an id. */
export const answerLinkIds = (
  db: Db,
  { search, after = 0, limit = -1 }: Queries['linkIds']['input'],
): number[] =>
  db
    .select({ id: links.id })
    .from(links)
    .where(and(gt(links.id, after), searched(search), inAccount(db, search)))
    .orderBy(asc(links.id))
    .limit(limit)
    .all()
    .map(({ id }) => id)

/** Links of some ids with their running totals, as far as a search finds them, in the order of ids. */
export const answerLinksOf = (
  db: Db,
  { search, ids }: Queries['linksOf']['input'],
): Queries['linksOf']['answer'] =>
  db
    .select(countedColumns)
    .from(links)
    .leftJoin(linkTotals, eq(linkTotals.linkId, links.id))
    .where(
      and(
        inArray(links.id, sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`),
        // as one condition: no index of its parts is better than the ids
        sql`(${and(searched(search), inAccount(db, search))}) IS TRUE`,
      ),
    )
    .orderBy(asc(links.id))
    .all()

/** What links can be sorted by: the closed list, with its column. */
const sortColumns = {
  id: links.id,
  createdAt: links.createdAt,
  updatedAt: links.updatedAt,
  expiresAt: links.expiresAt,
  code: links.code,
  title: links.title,
  destination: links.destination,
  clicks: linkTotals.clicks,
  visitors: linkTotals.visitors,
  lastClickAt: linkTotals.lastAtMs,
} satisfies Record<string, SQLiteColumn>

export type LinkSortColumn = keyof typeof sortColumns
export const linkSortColumns = Object.keys(sortColumns) as readonly LinkSortColumn[]

const order = ({ by, descending }: LinkSort) => {
  const way = descending ? desc : asc
  return by === 'id' ? [way(links.id)] : [way(sortColumns[by]), way(links.id)]
}

/** Made by the account or bound to it; looking for bound ones only when there are any keeps the index in order. */
const inAccount = (db: Db, search: Pick<LinkSearch, 'account' | 'bound'>): SQL | undefined => {
  const { account } = search
  if (account === null) return undefined
  const made = eq(links.ownerId, account)
  if (!search.bound) return made
  const bound = eq(links.boundTo, account)
  const some = db.select({ id: links.id }).from(links).where(bound).limit(1).get()
  return some === undefined ? made : or(made, bound)
}

const searched = ({ words, tag, folder, campaignId, domainId, state, now }: LinkSearch) =>
  and(
    inState(state, now),
    folder === undefined ? undefined : eq(links.folder, folder),
    campaignId === undefined ? undefined : eq(links.campaignId, campaignId),
    domainId === undefined ? undefined : eq(links.domainId, domainId),
    tag === undefined ? undefined : contains(links.tags, JSON.stringify(tag)),
    ...words.map((word) => or(...searchedColumns.map((column) => contains(column, word)))),
  )

const searchedColumns = [
  links.code,
  links.destination,
  links.title,
  links.tags,
  links.folder,
  links.notes,
]

/** Whether a text holds another, capital or small letters alike (those of ASCII). */
const contains = (column: SQLiteColumn, text: string) =>
  sql`${column} LIKE ${`%${text.replaceAll(/[\\%_]/g, '\\$&')}%`} ESCAPE '\\'`

/** The gate's judgement as a condition; tested against the gate itself. */
const inState = (state: LinkState | 'kept', now: number): SQL | undefined => {
  if (state === 'deleted') return isNotNull(links.deletedAt)
  const kept = isNull(links.deletedAt)
  if (state === 'kept') return kept
  if (state === 'disabled') return and(kept, eq(links.enabled, false))
  const enabled = and(kept, eq(links.enabled, true))
  const expired = lte(links.expiresAt, new Date(now))
  if (state === 'expired') return and(enabled, expired)
  const running = and(enabled, or(isNull(links.expiresAt), gt(links.expiresAt, new Date(now))))
  const early = gt(links.startsAt, new Date(now))
  if (state === 'early') return and(running, early)
  const started = and(running, or(isNull(links.startsAt), lte(links.startsAt, new Date(now))))
  const spent = gte(links.spent, links.maxClicks)
  if (state === 'spent') return and(started, spent)
  return and(started, or(isNull(links.maxClicks), sql`${links.spent} < ${links.maxClicks}`))
}
