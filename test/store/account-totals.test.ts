import { afterEach, beforeEach, expect, test } from 'bun:test'
import fc from 'fast-check'
import type { NewClick } from '../../src/store'
import { clicksStore } from '../../src/store/clicks'
import { connect } from '../../src/store/engine/connect'
import { accounts, links } from '../../src/store/schema'

let connection: ReturnType<typeof connect>
beforeEach(() => {
  connection = connect(':memory:')
  for (const id of [1, 2, 3])
    connection.db
      .insert(accounts)
      .values({ id, kind: 'user', plan: 'pro', createdAt: new Date(0), updatedAt: new Date(0) })
      .run()
})
afterEach(() => connection.sqlite.close())

const click = (linkId: number, at: number, person: number): NewClick => ({
  linkId,
  at,
  redirectUs: 10 + person,
  country: 'DE',
  browser: 'Firefox',
  os: 'Linux',
  device: 'desktop',
  language: 'de',
  bot: person === 0 ? 'Googlebot' : null,
  referrer: { origin: 'Direct', domain: 'Direct' },
  visitor: person === 0 ? null : new Uint8Array(8).fill(person),
})

/** What the running totals should say, added up from the links and their totals. */
const added = (account: number, bound: 0 | 1) => {
  const mine = bound
    ? `l.bound_to = ${account} AND l.bound_to <> l.owner_id`
    : `l.owner_id = ${account}`
  return connection.sqlite
    .query(`SELECT count(*) AS links, coalesce(sum(t.clicks), 0) AS clicks, coalesce(sum(t.bots), 0) AS bots,
      coalesce(sum(t.visitors), 0) AS visitors, coalesce(sum(t.redirect_us), 0) AS redirect_us,
      coalesce(max(t.last_at_ms), 0) AS last_at_ms
      FROM links AS l LEFT JOIN link_totals AS t ON t.link_id = l.id
      WHERE ${account === 0 ? 'true' : `l.deleted_at IS NULL AND ${mine}`}`)
    .get()
}

const kept = (account: number, bound: 0 | 1) =>
  connection.sqlite
    .query(
      'SELECT links, clicks, bots, visitors, redirect_us, last_at_ms FROM account_totals WHERE account_id = ? AND bound = ?',
    )
    .get(account, bound)

type Kept = { last_at_ms: number | null }

/** The kept totals are the added ones; the last click may be unknown, but never wrong. */
const compare = () => {
  for (const account of [0, 1, 2, 3])
    for (const bound of account === 0 ? ([0] as const) : ([0, 1] as const)) {
      const found = kept(account, bound) as Kept | null
      const right = added(account, bound) as Kept
      if (found === null) expect(right).toMatchObject({ links: 0 })
      else
        expect(found).toEqual({
          ...right,
          last_at_ms: found.last_at_ms === null ? null : right.last_at_ms,
        })
    }
}

const id = fc.integer({ min: 1, max: 8 })
const account = fc.integer({ min: 1, max: 3 })
const step = fc.oneof(
  fc.record({ does: fc.constant('make' as const), account }),
  fc.record({ does: fc.constant('move' as const), id, account }),
  fc.record({ does: fc.constant('bind' as const), id, account: fc.option(account) }),
  fc.record({ does: fc.constant('retire' as const), id, deleted: fc.boolean() }),
  fc.record({ does: fc.constant('delete' as const), id }),
  fc.record({ does: fc.constant('erase' as const), id }),
  fc.record({
    does: fc.constant('click' as const),
    batch: fc.array(fc.tuple(id, fc.nat(3 * 86_400_000), fc.integer({ min: 0, max: 4 })), {
      maxLength: 12,
    }),
  }),
)

test('running totals of accounts are the sums of their links, whatever happens to those', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { sqlite, db } = connection
      sqlite.run('DELETE FROM links')
      const clicks = clicksStore(connection)
      let made = 0
      const find = (nth: number) =>
        sqlite.query<{ id: number }, []>('SELECT id FROM links ORDER BY id').all()[nth % 8]?.id ?? 0
      for (const step of steps) {
        if (step.does === 'make')
          db.insert(links)
            .values({
              code: `c${++made}`,
              destination: 'https://example.com/',
              ownerId: step.account,
              createdAt: new Date(made),
              updatedAt: new Date(made),
            })
            .run()
        if (step.does === 'move')
          sqlite.run('UPDATE links SET owner_id = ? WHERE id = ?', [step.account, find(step.id)])
        if (step.does === 'bind')
          sqlite.run('UPDATE links SET bound_to = ? WHERE id = ?', [step.account, find(step.id)])
        if (step.does === 'retire')
          sqlite.run('UPDATE links SET deleted_at = ? WHERE id = ?', [
            step.deleted ? 1 : null,
            find(step.id),
          ])
        if (step.does === 'delete') sqlite.run('DELETE FROM links WHERE id = ?', [find(step.id)])
        if (step.does === 'erase') await clicks.erase(find(step.id))
        if (step.does === 'click')
          await clicks.append(step.batch.map(([nth, at, person]) => click(find(nth), at, person)))
        compare()
      }
    }),
    { numRuns: 150 },
  )
})

test('what was counted of a link goes with it, when its account is deleted too', async () => {
  const { sqlite, db } = connection
  const row = {
    destination: 'https://example.com/',
    createdAt: new Date(0),
    updatedAt: new Date(0),
  }
  db.insert(links)
    .values({ ...row, id: 1, code: 'a', ownerId: 1 })
    .run()
  db.insert(links)
    .values({ ...row, id: 2, code: 'b', ownerId: 2, boundTo: 1 })
    .run()
  const clicks = clicksStore(connection)
  await clicks.append([click(1, 5, 1), click(1, 5, 2), click(2, 6, 1), click(9, 7, 1)])
  expect(kept(1, 0)).toMatchObject({ links: 1, clicks: 2, visitors: 2, last_at_ms: 5 })
  expect(kept(1, 1)).toMatchObject({ links: 1, clicks: 1, last_at_ms: 6 })

  sqlite.run('DELETE FROM accounts WHERE id = 1')
  for (const table of ['clicks', 'link_totals', 'link_days', 'day_visitors'])
    expect(sqlite.query(`SELECT link_id FROM ${table}`).all()).toEqual([{ link_id: 2 }])
  expect(kept(0, 0)).toMatchObject({ links: 1, clicks: 1 })
  expect(kept(1, 0)).toMatchObject({ links: 0, clicks: 0 })
})
