import { expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { connect } from '../../src/store/engine/connect'
import { prepareInsert } from '../../src/store/engine/insert'
import { prepareUpdate } from '../../src/store/engine/update'
import { accounts, links } from '../../src/store/schema'

const at = new Date('2026-03-10T12:00:00.123Z')

const setUp = () => {
  const connection = connect(':memory:')
  const person = { kind: 'user', plan: 'free', createdAt: at, updatedAt: at } as const
  const ownerId = prepareInsert(connection, accounts)(person)?.id ?? 0
  const add = (code: string) =>
    prepareInsert(
      connection,
      links,
    )({
      code,
      destination: 'https://example.com/',
      ownerId,
      expiresAt: at,
      createdAt: at,
      updatedAt: at,
    })?.id ?? 0
  return { connection, update: prepareUpdate(connection, links), add }
}

test.each([
  ['texts', { title: 'ä', destination: 'https://example.org/' }],
  ['lists and switches', { tags: ['x', 'y'], enabled: false }],
  ['instants', { startsAt: at, updatedAt: new Date(5) }],
  ['what is emptied', { expiresAt: null, title: null, maxClicks: null }],
  ['what is left out', { title: 'b', notes: undefined }],
])('a prepared update changes what a built one changes: %s', (_, patch) => {
  const { connection, update, add } = setUp()
  const [one, other] = [add('a'), add('b')]
  const built = connection.db.update(links).set(patch).where(eq(links.id, other)).returning().get()
  expect(update(one, patch)).toEqual({ ...built, id: one, code: 'a' })
  connection.sqlite.close()
})

test('a link that is not there is null, and patches of ever new shapes go on working', () => {
  const { connection, update, add } = setUp()
  const id = add('a')
  expect(update(id + 1, { title: 'b' })).toBeNull()
  const names = ['title', 'notes', 'folder', 'destination', 'maxClicks', 'spent', 'code'] as const
  for (let shape = 1; shape < 2 ** names.length; shape++) {
    const wanted = names.filter((_, at) => shape & (1 << at))
    const patch = Object.fromEntries(
      wanted.map((name) => [name, name === 'maxClicks' || name === 'spent' ? shape : `${shape}`]),
    )
    expect(update(id, patch)).toMatchObject(patch)
  }
  connection.sqlite.close()
})
