/** Everything that can be asked about clicks and links, as data. Answered by `answer`, off the serving thread. */
import type { Account, Campaign, Link } from '../schema'
import type { LinkSortColumn } from './link-list'

export { type LinkSortColumn, linkSortColumns } from './link-list'

/** What clicks can be broken down and filtered by: the closed list, and where it is kept. */
export const dimensions = {
  country: 'profiles',
  browser: 'profiles',
  os: 'profiles',
  device: 'profiles',
  language: 'profiles',
  bot: 'profiles',
  referrer: 'clicks',
  referrerDomain: 'clicks',
} as const

export type Dimension = keyof typeof dimensions

/** Which links: some by id, all that an account made, or (`account`) made or bound, not deleted, or all there are. */
export type Scope = { links: readonly number[] } | { owner: number } | { account: number } | 'all'

export type Filter = {
  scope: Scope
  /** ms since 1970, included */
  from?: number
  /** ms since 1970, excluded */
  to?: number
  /** only bots, or no bots; unset: both */
  bots?: 'only' | 'none'
  /** a value of each dimension that must match to the letter */
  where?: Partial<Record<Dimension, string>>
}

/** The steps of a time line. */
export type Step = 'hour' | 'day' | 'week' | 'month'

/** Counts of some clicks. Visitors are counted once a day and link, bots never among them. */
export type Totals = {
  clicks: number
  visitors: number
  bots: number
  redirectUs: number
  lastAt: number | null
}
/** One step of a time line that had clicks; `start` in ms since 1970. */
export type Point = { start: number; clicks: number; visitors: number }
export type Share = { value: string; clicks: number }
export type HourShare = { hour: number; clicks: number }
export type LinkShare = { linkId: number; clicks: number; lastAt: number }
export type LoggedClick = {
  linkId: number
  at: number
  seq: number
  country: string
  browser: string
  os: string
  device: string
  referrer: string
  language: string
  /** the bot's name; null: a person */
  bot: string | null
}

/** The gate's states as lists know them: a password does not close a link, deleted ones are asked for. */
export const linkStates = ['open', 'early', 'expired', 'spent', 'disabled', 'deleted'] as const

export type LinkState = (typeof linkStates)[number]

export type LinkSearch = {
  /** whose links; null: everybody's */
  account: number | null
  /** whether those that the account has bound are meant, too */
  bound: boolean
  /** each must occur in a code, destination, title, tag, folder or note; of any case */
  words: readonly string[]
  tag?: string
  folder?: string
  campaignId?: string
  /** '' is the default domain */
  domainId?: string
  /** `kept`: all but the deleted */
  state: LinkState | 'kept'
  /** ms since 1970, what states are judged by */
  now: number
}
export type LinkSort = { by: LinkSortColumn; descending: boolean }

/** A link with its running totals; `lastAt` in ms since 1970, null: never clicked. */
export type CountedLink = { link: Link; clicks: number; visitors: number; lastAt: number | null }

/** A campaign and how many links it holds, deleted ones left out. */
export type CampaignWithLinks = Campaign & { links: number }

/** Which accounts are meant; `q` is part of the email address or the name. */
export type AccountFilter = { kind?: Account['kind']; q?: string }

/** The questions, by name: what each needs, and what it answers. */
export type Queries = {
  totals: { input: { filter: Filter }; answer: Totals }
  series: { input: { filter: Filter; step: Step; offsetMinutes: number }; answer: Point[] }
  breakdown: { input: { filter: Filter; by: Dimension; limit: number }; answer: Share[] }
  hours: { input: { filter: Filter; offsetMinutes: number }; answer: HourShare[] }
  recent: { input: { filter: Filter; limit: number; offset?: number }; answer: LoggedClick[] }
  topLinks: { input: { filter: Filter; limit: number }; answer: LinkShare[] }
  log: {
    input: { linkId: number; after: { at: number; seq: number } | null; limit: number }
    answer: LoggedClick[]
  }
  links: {
    input: { search: LinkSearch; sort: LinkSort; offset: number; limit: number }
    answer: { rows: CountedLink[]; total: number }
  }
  /** in their order; only the first that are greater than `after` when there is a limit */
  linkIds: { input: { search: LinkSearch; after?: number; limit?: number }; answer: number[] }
  /** those of some ids that a search finds, in their order */
  linksOf: { input: { search: LinkSearch; ids: readonly number[] }; answer: CountedLink[] }
  /** everybody's with null; without an id all of them */
  campaigns: { input: { account: number | null; id?: string }; answer: CampaignWithLinks[] }
  accounts: {
    input: { filter: AccountFilter; offset: number; limit: number }
    answer: { rows: Account[]; total: number }
  }
}

export type QueryName = keyof Queries
export type Query<N extends QueryName = QueryName> = {
  [Name in N]: { ask: Name } & Queries[Name]['input']
}[N]

/** The answers to a list of questions, in its order. */
export type Answers<Q extends readonly Query[]> = {
  -readonly [I in keyof Q]: Q[I] extends { ask: infer N extends QueryName }
    ? Queries[N]['answer']
    : never
}

/** Answers a list of questions from one snapshot. */
export type RunQueries = <const Q extends readonly Query[]>(questions: Q) => Promise<Answers<Q>>
