import { refusalOf, type Wire } from '../../api'
import {
  type BulkOutcome,
  type Caller,
  type CountedLink,
  type Fault,
  inSlices,
  type Link,
  type LinkFilter,
  type LinkSort,
  type LinkSortColumn,
  linkStatus,
} from '../../core'
import type { Table } from '../../export'
import { snug } from './dialect'
import type * as schema from './schema-links'
import { link as linkSchema } from './schema-links'
import { instant, instantOrNull, readInstant } from './view'

/** What a body asks of a link. */
export const draft = <B extends Wire<typeof schema.linkPatch>>({
  startsAt,
  expiresAt,
  ...rest
}: B) => {
  const start = readInstant(startsAt)
  const end = readInstant(expiresAt)
  return {
    ...rest,
    ...(start === undefined ? {} : { startsAt: start }),
    ...(end === undefined ? {} : { expiresAt: end }),
  }
}

/** What a link is judged by when it is shown. */
export type Judging = {
  clock: { now: () => number }
  blocklist: { isListed: (href: string) => boolean }
}

/** A link for whoever asks. */
export const link = (
  { shortUrl }: Pick<Caller, 'shortUrl'>,
  { link: row, clicks, visitors, lastAt }: CountedLink,
  { clock, blocklist }: Judging,
): Wire<typeof schema.link> => {
  const state = linkStatus(row, clock.now())
  return {
    id: row.id,
    code: row.code,
    shortUrl: shortUrl(row),
    destination: row.destination,
    domainId: row.domainId || null,
    title: row.title,
    hasPassword: row.passwordHash !== null,
    startsAt: instantOrNull(row.startsAt),
    expiresAt: instantOrNull(row.expiresAt),
    maxClicks: row.maxClicks,
    clicks,
    visitors,
    lastClickAt: lastAt === null ? null : instant(new Date(lastAt)),
    tags: row.tags,
    folder: row.folder,
    notes: row.notes,
    campaignId: row.campaignId,
    redirectStatus: row.redirectStatus,
    forwardQuery: row.forwardQuery,
    enabled: row.enabled,
    publicStats: row.publicStats,
    unsafe: blocklist.isListed(row.destination),
    state: state === 'locked' ? 'open' : state,
    ownerId: row.ownerId,
    createdAt: instant(row.createdAt),
    updatedAt: instant(row.updatedAt),
  }
}

/** Links as a table, page by page; tags in one cell, comma separated. */
export const linkTable = (
  caller: Pick<Caller, 'shortUrl'>,
  pages: AsyncIterable<readonly CountedLink[]>,
  judging: Judging,
): Table => ({
  row: 'link',
  columns: Object.keys(linkSchema.properties),
  pages: rowsOf(caller, pages, judging),
})

const rowsOf = async function* (
  caller: Pick<Caller, 'shortUrl'>,
  pages: AsyncIterable<readonly CountedLink[]>,
  judging: Judging,
) {
  for await (const page of pages)
    yield page.map((row) => {
      const { tags, ...cells } = link(caller, row, judging)
      return { ...cells, tags: tags.join(',') }
    })
}

/** A link that nobody can have followed yet. */
export const fresh = (row: Link): CountedLink => ({
  link: row,
  clicks: 0,
  visitors: 0,
  lastAt: null,
})

/** How the rows of a list are sorted. */
export const sort = (wanted: LinkSortColumn | `-${LinkSortColumn}` = '-createdAt'): LinkSort => ({
  by: wanted.replace('-', '') as LinkSortColumn,
  descending: wanted.startsWith('-'),
})

/** Which links a query means. */
export const filter = ({
  account,
  q,
  tag,
  folder,
  campaignId,
  domainId,
  state,
}: { [Name in keyof LinkFilter]?: LinkFilter[Name] | undefined }): LinkFilter => ({
  ...(account === undefined ? {} : { account }),
  ...(q === undefined ? {} : { q }),
  ...(tag === undefined ? {} : { tag }),
  ...(folder === undefined ? {} : { folder }),
  ...(campaignId === undefined ? {} : { campaignId }),
  ...(domainId === undefined ? {} : { domainId }),
  ...(state === undefined ? {} : { state }),
})

/** Why one of many was refused. */
const problem = (fault: Fault) => {
  const { message, code } = refusalOf(fault, snug.faults)
  return { fault: code, detail: message }
}

/** What became of many new links, in their order. */
export async function made(
  caller: Caller,
  outcomes: readonly (Link | Fault)[],
  judging: Judging,
): Promise<Wire<typeof schema.bulkMade>> {
  const answer: Wire<typeof schema.bulkMade> = { created: [], errors: [] }
  await inSlices(outcomes.entries(), ([index, one]) => {
    if ('kind' in one) answer.errors.push({ index, ...problem(one) })
    else answer.created.push(link(caller, fresh(one), judging))
  })
  return answer
}

/** What became of a change of many links. */
export const changed = ({
  changed: done,
  missing,
  refused,
}: BulkOutcome): Wire<typeof schema.bulkChanged> => ({
  changed: done.length,
  missing,
  errors: refused.map(({ id, fault }) => ({ id, ...problem(fault) })),
})
