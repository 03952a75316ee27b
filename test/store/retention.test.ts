import { afterEach, beforeEach, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { NewClick } from '../../src/store'
import { clicksStore } from '../../src/store/clicks'
import { connect } from '../../src/store/engine/connect'
import { answer } from '../../src/store/queries/answer'
import { accounts, links } from '../../src/store/schema'
import { temporaryFolder } from '../program'

const day = 86_400_000
const today = Date.parse('2026-03-10T00:00:00Z')

let connection: ReturnType<typeof connect>
let store: ReturnType<typeof clicksStore>

beforeEach(() => {
  connection = connect(':memory:')
  store = clicksStore(connection)
  const stamp = { createdAt: new Date(0), updatedAt: new Date(0) }
  connection.db
    .insert(accounts)
    .values({ id: 1, kind: 'user', plan: 'pro', ...stamp })
    .run()
  for (let id = 1; id <= 450; id++)
    connection.db
      .insert(links)
      .values({ id, code: `c${id}`, destination: 'https://example.com/', ownerId: 1, ...stamp })
      .run()
})
afterEach(() => connection.sqlite.close())

const click = (linkId: number, at: number, person: number): NewClick => ({
  linkId,
  at,
  redirectUs: 10,
  country: 'DE',
  browser: 'Firefox',
  os: 'Linux',
  bot: null,
  device: 'desktop',
  language: 'de',
  referrer: { origin: 'Direct', domain: 'Direct' },
  visitor: new Uint8Array(8).fill(person % 256),
})

const rows = (sql: string) => connection.sqlite.query(sql).all()
const count = (table: string) => rows(`SELECT count(*) AS n FROM ${table}`)[0]

test('clicks older than the retention time go, a little at a time; totals stay', async () => {
  // ten days ago on every link, many on one; five days ago on some
  const old = Array.from({ length: 450 }, (_, n) => click(n + 1, today - 10 * day, 1))
  const many = Array.from({ length: 5000 }, (_, n) => click(7, today - 10 * day + n, n))
  const late = Array.from({ length: 50 }, (_, n) => click(n + 1, today - 5 * day, 1))
  await store.append([...old, ...many, ...late])

  await store.forgetClicks(today - 7 * day)
  expect(count('clicks')).not.toEqual({ n: 5500 })
  expect(count('clicks')).not.toEqual({ n: 50 }) // nobody waits for all of them at once
  for (let round = 0; round < 12; round++) await store.forgetClicks(today - 7 * day)
  expect(count('clicks')).toEqual({ n: 50 })
  expect(rows('SELECT min(at_ms) AS at FROM clicks')).toEqual([{ at: today - 5 * day }])

  const { db } = connection
  const scope = { links: [7] }
  expect(answer(db, { ask: 'totals', filter: { scope } })).toMatchObject({ clicks: 5002 })
  const tenth = { scope, from: today - 10 * day, to: today - 9 * day }
  expect(answer(db, { ask: 'totals', filter: tenth })).toMatchObject({
    clicks: 5001,
    visitors: 256,
    redirectUs: 50_010,
  })
  expect(answer(db, { ask: 'breakdown', filter: tenth, by: 'country', limit: 5 })).toEqual([])
})

test('salts and visitor marks go when nobody can click on their day any more, and not before', async () => {
  for (const ago of [0, 1, 2]) {
    await store.salt(today / day - ago, new Uint8Array(32).fill(ago))
    await store.append(
      Array.from({ length: ago === 2 ? 4500 : 5 }, (_, n) => ({
        ...click(1, today - ago * day, n),
        visitor: new Uint8Array([n >> 8, n, 0, 0, 0, 0, 0, ago]),
      })),
    )
  }
  const days = 'SELECT day FROM salts ORDER BY day'
  await store.forgetVisitors(today + day / 2 - 1) // a click of yesterday may still be on its way
  expect(rows(days)).toEqual([{ day: today / day - 1 }, { day: today / day }])
  expect(count('day_visitors')).toEqual({ n: 10 })
  await store.forgetVisitors(today + day / 2)
  expect(rows(days)).toEqual([{ day: today / day }])
  expect(count('day_visitors')).toEqual({ n: 5 })
})

test('of a deleted salt nothing is left in the file', async () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'snug.db')
  const own = connect(path)
  const clicks = clicksStore(own)
  const salts = [0, 1, 2].map((n) => Buffer.from(`a salt to be found again ${n}`.padEnd(32, '.')))
  for (const [ago, salt] of salts.entries()) await clicks.salt(today / day - ago, salt)
  own.sqlite.run('PRAGMA wal_checkpoint(TRUNCATE)')
  expect(salts.map((salt) => readFileSync(path).includes(salt))).toEqual([true, true, true])
  await clicks.forgetVisitors(today + day / 2)
  own.sqlite.run('PRAGMA wal_checkpoint(TRUNCATE)')
  expect(salts.map((salt) => readFileSync(path).includes(salt))).toEqual([true, false, false])
  own.sqlite.close()
})

test('a day’s first salt stays, whoever asks', async () => {
  expect(await store.salt(5, new Uint8Array(32).fill(1))).toEqual(Buffer.alloc(32, 1))
  expect(await store.salt(5, new Uint8Array(32).fill(2))).toEqual(Buffer.alloc(32, 1))
})

test('a batch is stored whole or not at all, and the next one is right', async () => {
  const good = click(1, today, 1)
  const bad = { ...click(2, today, 2), redirectUs: null as unknown as number }
  await expect(store.append([{ ...good, browser: 'Never seen' }, bad])).rejects.toThrow(
    'NOT NULL constraint failed: clicks.redirect_us',
  )
  expect(count('clicks')).toEqual({ n: 0 })
  expect(count('dictionary')).toEqual({ n: 0 })
  await store.append([{ ...good, browser: 'Lynx' }])
  const { db } = connection
  const question = { ask: 'breakdown', filter: { scope: 'all' }, by: 'browser', limit: 5 } as const
  expect(answer(db, question)).toEqual([{ value: 'Lynx', clicks: 1 }])
})
