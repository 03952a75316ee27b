import { dayOf, type NewClick } from './click'

/** What is counted of some clicks. */
type Counts = {
  clicks: number
  bots: number
  visitors: number
  redirectUs: number
  lastAt: number
}

/** Who a link belongs to. */
export type LinkOwner = {
  linkId: number
  ownerId: number
  /** the account that has bound it; null: none */
  boundTo: number | null
  /** 1: deleted, so that it counts for nobody */
  deleted: 0 | 1
}

/** Adds a batch up: one row a link, one a link and UTC day, one an account (0: everybody). */
export const aggregate = (
  batch: readonly NewClick[],
  owners: ReadonlyMap<number, LinkOwner>,
  isNewVisitor: (click: NewClick) => boolean,
) => {
  const links = createSums<{ linkId: number }>()
  const days = createSums<{ linkId: number; day: number }>()
  const accounts = createSums<{ accountId: number; bound: boolean }>()
  for (const click of batch) {
    const { linkId, at, redirectUs } = click
    const counted = {
      clicks: 1,
      redirectUs,
      lastAt: at,
      bots: click.bot === null ? 0 : 1,
      visitors: isNewVisitor(click) ? 1 : 0,
    }
    links.add(linkId, { linkId }, counted)
    const day = dayOf(at)
    days.add(`${linkId} ${day}`, { linkId, day }, counted)
  }
  for (const sum of links.all())
    for (const account of accountsOf(owners.get(sum.linkId)))
      accounts.add(`${account.accountId} ${account.bound}`, account, sum)
  return { links: links.all(), days: days.all(), accounts: accounts.all() }
}

const everybody = { accountId: 0, bound: false }

const accountsOf = (owner: LinkOwner | undefined) => {
  if (owner === undefined || owner.deleted === 1) return [everybody]
  const { ownerId, boundTo } = owner
  const maker = { accountId: ownerId, bound: false }
  if (boundTo === null || boundTo === ownerId) return [everybody, maker]
  return [everybody, maker, { accountId: boundTo, bound: true }]
}

const createSums = <Key extends object>() => {
  const sums = new Map<string | number, Key & Counts>()
  return {
    add: (name: string | number, key: Key, counted: Counts) => {
      const sum = sums.get(name)
      if (sum === undefined) {
        const { clicks, bots, visitors, redirectUs, lastAt } = counted
        sums.set(name, { ...key, clicks, bots, visitors, redirectUs, lastAt })
        return
      }
      sum.clicks += counted.clicks
      sum.bots += counted.bots
      sum.visitors += counted.visitors
      sum.redirectUs += counted.redirectUs
      sum.lastAt = Math.max(sum.lastAt, counted.lastAt)
    },
    all: () => [...sums.values()],
  }
}
