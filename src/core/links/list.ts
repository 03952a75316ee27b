import type { CountedLink, LinkSearch, LinkSort, LinkState, Store } from '../../store'
import { isGranted } from '../access'
import type { Caller } from '../caller'
import type { CoreContext } from '../context'
import { plainOrigin } from '../domains/host'
import { Fault } from '../fault'
import { giveWay } from '../slices'
import { accountOf } from './create'

/** What is looked for among the links a caller may see. */
export type LinkFilter = {
  /** an administrator's choice of account; unset: all of them */
  account?: number
  /** words that must all occur, or a short URL */
  q?: string
  tag?: string
  folder?: string
  campaignId?: string
  domainId?: string
  /** unset: all but the deleted */
  state?: LinkState
}

/** What is wanted of the links that are listed. */
type Wanted = 'readStats' | 'readSettings'

/** Words looked for at most; more would only slow the search down. */
const mostWords = 8

/** Links read at once for an export: what one turn of the serving thread makes of them takes a millisecond. */
const pageSize = 100

/** Ids read at once for an export. */
const mostIds = 20_000

type ListContext = Pick<CoreContext, 'store' | 'clock'>

/**
 * A page of the links that a filter finds and over which the caller holds a right, to read settings unless
 * told otherwise, and how many there are in all; read off the serving thread. Fault: `admin_required`.
 */
export async function searchLinks(
  core: ListContext,
  caller: Caller,
  filter: LinkFilter,
  { sort, page, limit, right }: { sort: LinkSort; page: number; limit: number; right?: Wanted },
): Promise<{ rows: CountedLink[]; total: number }> {
  const search = searchOf(core, caller, filter, right)
  const [found] = await core.store.ask([
    { ask: 'links', search, sort, offset: (page - 1) * limit, limit },
  ] as const)
  return found
}

/** The ids of the links that a filter finds. Fault: `admin_required`. */
export async function findLinkIds(
  core: ListContext,
  caller: Caller,
  filter: LinkFilter,
): Promise<number[]> {
  const [ids] = await core.store.ask([
    { ask: 'linkIds', search: searchOf(core, caller, filter) },
  ] as const)
  return ids
}

/**
 * All links that a filter finds, oldest first, in pages that are read as they are taken. Fault, at once:
 * `admin_required`.
 */
export function readAllLinks(
  core: ListContext,
  caller: Caller,
  filter: LinkFilter,
): AsyncGenerator<CountedLink[]> {
  return pagesOf(core.store, searchOf(core, caller, filter))
}

const searchOf = (
  { clock }: ListContext,
  caller: Caller,
  { account, q = '', state, ...exact }: LinkFilter,
  right: Wanted = 'readSettings',
): LinkSearch => ({
  ...exact,
  account: scopeOf(caller, account),
  bound: isGranted(right, 'binder'),
  words: wordsOf(q, caller.origin),
  state: state ?? 'kept',
  now: clock.now(),
})

/** Ids first, many at once: in no index are an account's links in the order of their ids. */
const pagesOf = async function* (store: Store, search: LinkSearch): AsyncGenerator<CountedLink[]> {
  for (let after = 0, left = true; left; ) {
    const [ids] = await store.ask([{ ask: 'linkIds', search, after, limit: mostIds }] as const)
    for (let from = 0; from < ids.length; from += pageSize) {
      const page = ids.slice(from, from + pageSize)
      const [rows] = await store.ask([{ ask: 'linksOf', search, ids: page }] as const)
      await giveWay()
      if (rows.length > 0) yield rows
    }
    after = ids.at(-1) ?? after
    left = ids.length === mostIds
  }
}

/** Whose things a caller reads: their own, or as an administrator those of one account or (null) all. */
export const scopeOf = (caller: Caller, account: number | undefined): number | null => {
  const own = accountOf(caller)
  if (own.role === 'admin') return account ?? null
  if (account !== undefined && account !== own.id) throw new Fault('admin_required')
  return own.id
}

/** What to look for: the code of a pasted short URL, else word by word. */
const wordsOf = (q: string, origin: string): string[] => {
  const text = inPlainSpelling(q.trim())
  const code = text.startsWith(`${origin}/`) ? text.slice(origin.length + 1) : text
  return code.split(/\s+/).filter(Boolean).slice(0, mostWords)
}

/** A web address with its host in the one spelling that our own has; any other text as it is. */
const inPlainSpelling = (text: string): string => {
  const origin = plainOrigin(text)
  return origin === null ? text : origin + text.replace(/^[^/]*\/\/[^/?#]*/, '')
}
