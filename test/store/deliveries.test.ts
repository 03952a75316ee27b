import { expect, test } from 'bun:test'
import { deliveriesStore } from '../../src/store/deliveries'
import { deliveryClicksStore } from '../../src/store/delivery-clicks'
import { deliveryLogStore } from '../../src/store/delivery-log'
import { type Connection, connect } from '../../src/store/engine/connect'
import { createWriter } from '../../src/store/engine/writer'
import { accounts, webhooks } from '../../src/store/schema'

/** Notes every statement that is prepared from here on. */
const watched = ({ sqlite }: Connection) => {
  const statements = new Set<string>()
  const prepare = sqlite.prepare.bind(sqlite)
  sqlite.prepare = ((text: string, ...more: []) => {
    statements.add(text)
    return prepare(text, ...more)
  }) as typeof sqlite.prepare
  return {
    plans: () =>
      [...statements].flatMap((text) =>
        /^\s*(select|with|update|delete)/i.test(text)
          ? prepare(`EXPLAIN QUERY PLAN ${text}`)
              .all(...Array.from({ length: (text.match(/\?/g) ?? []).length }, () => 1))
              .map((row) => `${(row as { detail: string }).detail} — ${text}`)
          : [],
      ),
  }
}

test('nothing that is asked of the queue of messages looks through all of them', async () => {
  const connection = connect(':memory:')
  const at = new Date(0)
  const { db, sqlite } = connection
  db.insert(accounts).values({ kind: 'user', plan: 'pro', createdAt: at, updatedAt: at }).run()
  db.insert(webhooks)
    .values({ accountId: 1, url: 'x', events: [], sealedSecret: '', createdAt: at })
    .run()
  const { plans } = watched(connection)
  const writer = createWriter(sqlite)
  const queue = deliveriesStore(connection, writer)
  const clicks = deliveryClicksStore(connection, writer)
  const log = deliveryLogStore(connection, writer)
  const row = { webhookId: 1, event: 'click', payload: '{"data":{"clicks":[1,2]}}', nextAt: at }
  await queue.enqueue([{ ...row, id: 'a', createdAt: at }])
  const bound = { most: 1, kept: () => false }
  await clicks.enqueueClicks({ ...row, id: 'b', createdAt: at }, () => null, bound)
  await clicks.enqueueClicks({ ...row, id: 'c', createdAt: at }, () => row.payload, bound)
  expect(await queue.waitingFor()).toEqual([1])
  expect(await queue.next(1)).toMatchObject({ id: 'b' })
  expect(await queue.waiting('b')).toMatchObject({ id: 'b' })
  const outcome = { attempts: 1, status: 200, problem: null, endedAt: at, nextAt: at }
  await queue.settle({ id: 'b', state: 'delivered', ...outcome })
  await log.page(1, { offset: 0, limit: 1 })
  await log.trim(1, 10)
  expect(await log.forget(new Date(1), 10)).toBe(1)
  const seen = plans()
  expect(seen.length).toBeGreaterThan(8)
  expect(seen.filter((plan) => /^SCAN webhook_deliveries/.test(plan))).toEqual([])
  expect(seen.filter((plan) => /^USE TEMP B-TREE FOR ORDER BY/.test(plan))).toEqual([])
  sqlite.close()
})
