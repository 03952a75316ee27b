import type { Binding, Link } from '../store'
import type { Caller } from './caller'
import type { Draft } from './links/draft'
import { isOver, linkStatus } from './links/status'

/** What somebody may want of a link: each is asked for by its name, none follows from another. */
export const rights = [
  'readStats',
  'readSettings',
  'change',
  'delete',
  'export',
  'qr',
  'events',
] as const

export type Right = (typeof rights)[number]

/** What a caller can be to a link: one who has bound it reads its statistics, and has not made it. */
export const relations = ['maker', 'binder', 'administrator', 'other', 'stranger'] as const

export type Relation = (typeof relations)[number]

/** `public`: as long as the link's statistics are for everybody. */
export type Grant = 'yes' | 'public' | 'no'

const statistics = {
  maker: 'yes',
  binder: 'yes', // until the link is shut: it loses the binding then
  administrator: 'yes',
  other: 'public',
  stranger: 'public',
} as const

const making = {
  maker: 'yes',
  binder: 'no',
  administrator: 'yes',
  other: 'no',
  stranger: 'no',
} as const

/** Who holds which right over a link. */
export const access: Record<Right, Record<Relation, Grant>> = {
  readStats: statistics,
  readSettings: making,
  change: making,
  delete: making,
  export: statistics,
  qr: making,
  events: making,
}

/** The ways to a link, and in which relations callers count there. */
const ways = {
  /** by its id, in our own API */
  id: ['maker', 'binder', 'administrator'],
  /** by its code, among the links of the caller's account */
  account: ['maker', 'binder'],
  /** by its code, which is all that it takes to read public statistics */
  code: ['maker', 'binder', 'other', 'stranger'],
} as const satisfies Record<string, readonly Relation[]>

export type Way = keyof typeof ways

/** Whether a caller who has come this way holds a right over a link at this moment. */
export const may = (way: Way, right: Right, caller: Caller, link: Link, now: number): boolean => {
  const here: readonly Relation[] = ways[way]
  const grants = relationsTo(caller, link)
    .filter((relation) => here.includes(relation))
    .map((relation) => access[right][relation])
  return grants.includes('yes') || (grants.includes('public') && isPublic(link, now))
}

/** Whether those of a relation hold a right over a link at any moment. */
export const isGranted = (right: Right, relation: Relation): boolean =>
  access[right][relation] !== 'no'

/** Whether a caller has made a link. */
export const isMaker = ({ account }: Pick<Caller, 'account'>, { ownerId }: Pick<Link, 'ownerId'>) =>
  account !== null && ownerId === account.id

/** The accounts that hold a right over a link in any state, for whoever has no caller to ask for. */
export const accountsWith = (right: Right, { ownerId, boundTo }: Link): number[] => [
  ...(access[right].maker === 'yes' ? [ownerId] : []),
  ...(access[right].binder === 'yes' && boundTo !== null ? [boundTo] : []),
]

/** Who wants to bind: an account, and the guest (null: none) whose browser sent the request. */
export type Binder = { account: number; guest: number | null }

/**
 * Judges a binding: of an anonymous link that nobody has bound, when its statistics are public anyway, or
 * of a link that the binder has made, whoever was quicker. A code alone proves nothing: it stands on paper.
 */
export const judgeBinding = (link: Link, { account, guest }: Binder, now: number): Binding => {
  const { ownerId, boundTo, anonymous } = link
  if (link.deletedAt !== null) return 'not found'
  if (boundTo === account) return 'already bound'
  if (ownerId === account) return boundTo === null ? 'already bound' : 'bound'
  if (!anonymous || isOver(linkStatus(link, now))) return 'not found'
  if (ownerId === guest) return 'bound'
  return boundTo === null && isPublic(link, now) ? 'bound' : 'not found'
}

/** Whether an edit closes a link's statistics to everybody, and so ends its binding. */
export const endsBinding = ({ password, publicStats, startsAt }: Partial<Draft>, now: number) =>
  password != null || publicStats === false || (startsAt != null && startsAt.getTime() > now)

const relationsTo = ({ account }: Caller, { ownerId, boundTo }: Link): Relation[] => {
  if (account === null) return ['stranger']
  return [
    ...(ownerId === account.id ? (['maker'] as const) : []),
    ...(boundTo === account.id ? (['binder'] as const) : []),
    ...(account.role === 'admin' ? (['administrator'] as const) : []),
    'other',
  ]
}

/** Whether the statistics of a link are for everybody who knows its code, also once it is over. */
const isPublic = ({ publicStats, passwordHash, startsAt }: Link, now: number) =>
  publicStats && passwordHash === null && (startsAt === null || startsAt.getTime() <= now)
