import { dayOf, type NewClick } from './click'

type LinkTally = {
  linkId: number
  clicks: number
  bots: number
  visitors: number
  redirectUs: number
  lastAt: number
}
type DayTally = { linkId: number; day: number; clicks: number; bots: number; visitors: number }

/** Adds a batch up: one row a link, and one a link and UTC day. */
export const tally = (batch: readonly NewClick[], isNewVisitor: (click: NewClick) => boolean) => {
  const links = new Map<number, LinkTally>()
  const days = new Map<string, DayTally>()
  for (const click of batch) {
    const { linkId, at, redirectUs } = click
    const day = dayOf(at)
    const counts = { bots: click.bot === null ? 0 : 1, visitors: isNewVisitor(click) ? 1 : 0 }
    const link = entry(links, linkId, { ...{ linkId, ...none }, redirectUs: 0, lastAt: 0 })
    add(link, counts)
    link.redirectUs += redirectUs
    link.lastAt = Math.max(link.lastAt, at)
    add(entry(days, `${linkId} ${day}`, { linkId, day, ...none }), counts)
  }
  return { links: links.values(), days: days.values() }
}

const none = { clicks: 0, bots: 0, visitors: 0 }

const entry = <K, T>(map: Map<K, T>, key: K, fresh: T): T => {
  const found = map.get(key)
  if (found !== undefined) return found
  map.set(key, fresh)
  return fresh
}

const add = (to: typeof none, { bots, visitors }: Omit<typeof none, 'clicks'>) => {
  to.clicks++
  to.bots += bots
  to.visitors += visitors
}
