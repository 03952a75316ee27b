/** Everything that can be asked about clicks, as data. Answered by `answer`, off the serving thread. */

/** What clicks can be broken down and filtered by: the closed list, with its column. */
export const dimensions = {
  country: 'country',
  browser: 'browser',
  os: 'os',
  device: 'device',
  referrer: 'referrer',
  referrerDomain: 'referrer',
  language: 'language',
  bot: 'bot',
} as const

export type Dimension = keyof typeof dimensions

/** Which links: some by id, all of an account's (made or bound, not deleted), or all there are. */
export type Scope = { links: readonly number[] } | { account: number } | 'all'

export type Filter = {
  scope: Scope
  /** ms since 1970, included */
  from?: number
  /** ms since 1970, excluded */
  to?: number
  /** only bots, or no bots; unset: both */
  bots?: 'only' | 'none'
  /** a value of each dimension that must match to the letter */
  where?: Partial<Record<Exclude<Dimension, 'bot'>, string>>
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

/** The questions, by name: what each needs, and what it answers. */
export type Questions = {
  totals: { input: { filter: Filter }; answer: Totals }
  series: { input: { filter: Filter; step: Step; offsetMinutes: number }; answer: Point[] }
  breakdown: { input: { filter: Filter; by: Dimension; limit: number }; answer: Share[] }
  hours: { input: { filter: Filter; offsetMinutes: number }; answer: HourShare[] }
  recent: { input: { filter: Filter; limit: number }; answer: LoggedClick[] }
  topLinks: { input: { filter: Filter; limit: number }; answer: LinkShare[] }
  log: {
    input: { linkId: number; after: { at: number; seq: number } | null; limit: number }
    answer: LoggedClick[]
  }
}

export type QuestionName = keyof Questions
export type Question<N extends QuestionName = QuestionName> = {
  [Name in N]: { ask: Name } & Questions[Name]['input']
}[N]

/** The answers to a list of questions, in its order. */
export type Answers<Q extends readonly Question[]> = {
  -readonly [I in keyof Q]: Q[I] extends { ask: infer N extends QuestionName }
    ? Questions[N]['answer']
    : never
}

/** Answers a list of questions from one snapshot. */
export type Ask = <const Q extends readonly Question[]>(questions: Q) => Promise<Answers<Q>>
