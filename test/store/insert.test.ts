import { expect, test } from 'bun:test'
import { connect } from '../../src/store/engine/connect'
import { prepareInsert } from '../../src/store/engine/insert'
import { accounts, links } from '../../src/store/schema'

const at = new Date('2026-03-10T12:00:00.123Z')

const setUp = () => {
  const connection = connect(':memory:')
  const owner = prepareInsert(
    connection,
    accounts,
  )({
    kind: 'user',
    plan: 'free',
    createdAt: at,
    updatedAt: at,
  })
  const base = { destination: 'https://example.com/', ownerId: owner?.id ?? 0 }
  return { connection, add: prepareInsert(connection, links), base }
}

test('a prepared insert adds what a built one adds, defaults, dates, lists and nulls included', () => {
  const { connection, add, base } = setUp()
  const rows = [
    { ...base, code: 'a', createdAt: at, updatedAt: at },
    {
      ...base,
      code: 'b',
      createdAt: at,
      updatedAt: at,
      startsAt: at,
      expiresAt: null,
      tags: ['x', 'y'],
      enabled: false,
      title: 'ä',
      maxClicks: 3,
    },
  ]
  for (const row of rows) {
    const added = add(row)
    const built = connection.db
      .insert(links)
      .values({ ...row, code: `${row.code}2` })
      .returning()
      .get()
    expect(added).toEqual({ ...built, id: added?.id ?? 0, code: row.code })
  }
  connection.sqlite.close()
})

test('what is taken is null, and the statement goes on working', () => {
  const { connection, add, base } = setUp()
  const row = { ...base, code: 'a', createdAt: at, updatedAt: at }
  expect(add(row)?.code).toBe('a')
  expect(add(row)).toBeNull()
  expect(add({ ...row, code: 'b' })?.code).toBe('b')
  connection.sqlite.close()
})

test('every account has a stable id of its own, however it is added; a given one is kept', () => {
  const { connection } = setUp()
  const account = { kind: 'guest', plan: 'free', createdAt: at, updatedAt: at } as const
  const add = prepareInsert(connection, accounts)
  const built = () => connection.db.insert(accounts).values(account).returning().get()
  const ids = [add(account), add(account), built(), built()].map((row) => row?.stableId)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/)
  expect(new Set(ids).size).toBe(4)
  const given = 'a'.repeat(32)
  expect(add({ ...account, stableId: given })?.stableId).toBe(given)
  expect(add({ ...account, stableId: given })).toBeNull()
  connection.sqlite.close()
})
