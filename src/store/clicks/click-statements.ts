import type { Connection } from '../engine/connect'
import { lastClickOfAccount } from './account-totals'
import type { aggregate, LinkOwner } from './aggregate'
import type { NewClick } from './click'

type Tallies = ReturnType<typeof aggregate>

/** The hottest statements, prepared once on the bare connection: through Drizzle they cost twice as much. */
export const prepareClicks = ({ sqlite }: Connection) => {
  const owned = sqlite.prepare<LinkOwner, [string]>(`SELECT id AS linkId, owner_id AS ownerId,
    bound_to AS boundTo, deleted_at IS NOT NULL AS deleted
    FROM links WHERE id IN (SELECT value FROM json_each(?))`)
  const first = sqlite.prepare(`INSERT INTO clicks VALUES (?, ?, 0, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING`)
  // several clicks of a link may come in one millisecond
  const another = sqlite.prepare(`INSERT INTO clicks
    SELECT ?1, ?2, max(seq) + 1, ?3, ?4, ?5, ?6 FROM clicks WHERE link_id = ?1 AND at_ms = ?2`)
  const seen = sqlite.prepare('INSERT INTO day_visitors VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
  return {
    /** Who the links belong to; those that are gone for good are left out. */
    owners: (linkIds: ReadonlySet<number>): ReadonlyMap<number, LinkOwner> =>
      new Map(owned.all(JSON.stringify([...linkIds])).map((owner) => [owner.linkId, owner])),
    insert: (
      { linkId, at, visitor, redirectUs }: NewClick,
      { profile, referrer }: { profile: number; referrer: number },
    ) => {
      const row = [linkId, at, profile, referrer, visitor, redirectUs] as const
      if (first.run(...row).changes === 0) another.run(...row)
    },
    /** Notes a visitor of a link and day; false when they were noted before. */
    mark: (day: number, linkId: number, visitor: Uint8Array) =>
      seen.run(day, linkId, visitor).changes > 0,
    count: prepareCounts(sqlite),
  }
}

const more = (names: readonly string[]) =>
  names.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')

const summed = ['clicks', 'bots', 'visitors', 'redirect_us'] as const

const prepareCounts = (sqlite: Connection['sqlite']) => {
  const link = sqlite.prepare(`INSERT INTO link_totals
    (link_id, ${summed.join(', ')}, last_at_ms) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET ${more(summed)}, last_at_ms = max(last_at_ms, excluded.last_at_ms)`)
  const day = sqlite.prepare(`INSERT INTO link_days
    (link_id, day, ${summed.join(', ')}) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET ${more(summed)}`)
  const account = sqlite.prepare(`INSERT INTO account_totals
    (account_id, bound, links, ${summed.join(', ')}, last_at_ms) VALUES (?, ?, 0, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET ${more(summed)}, last_at_ms = max(last_at_ms, excluded.last_at_ms)`)
  const lookUpLast = sqlite.prepare(`UPDATE account_totals SET last_at_ms = ${lastClickOfAccount}
    WHERE account_id = ? AND bound = ? AND last_at_ms IS NULL`)

  return ({ links, days, accounts }: Tallies) => {
    for (const { linkId, clicks, bots, visitors, redirectUs, lastAt } of links)
      link.run(linkId, clicks, bots, visitors, redirectUs, lastAt)
    for (const { linkId, day: of, clicks, bots, visitors, redirectUs } of days)
      day.run(linkId, of, clicks, bots, visitors, redirectUs)
    for (const { accountId, bound, clicks, bots, visitors, redirectUs, lastAt } of accounts) {
      account.run(accountId, bound, clicks, bots, visitors, redirectUs, lastAt)
      lookUpLast.run(accountId, bound)
    }
  }
}
