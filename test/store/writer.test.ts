import { Database } from 'bun:sqlite'
import { afterEach, beforeEach, expect, test } from 'bun:test'
import { createWriter, type Writer } from '../../src/store/engine/writer'

let sqlite: Database
let writer: Writer
beforeEach(() => {
  sqlite = new Database(':memory:')
  sqlite.run('CREATE TABLE notes (text UNIQUE ON CONFLICT ROLLBACK)')
  writer = createWriter(sqlite)
})
afterEach(() => sqlite.close())

const note = (text: string) =>
  writer.write(() => sqlite.run('INSERT INTO notes VALUES (?)', [text]))
const notes = () => sqlite.query('SELECT text FROM notes').values().flat()
const outcomes = async (work: Promise<unknown>[]) =>
  (await Promise.allSettled(work)).map(({ status }) => status)

test('work that fails is undone alone', async () => {
  const failing = writer.write(() => {
    sqlite.run("INSERT INTO notes VALUES ('half')")
    throw new Error('no')
  })
  expect(await outcomes([note('a'), failing, note('b')])).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
  ])
  expect(notes()).toEqual(['a', 'b'])
})

test('when SQLite undoes the whole transaction, all of its turn fail and none is stored', async () => {
  await note('a')
  expect(await outcomes([note('b'), note('a'), note('c')])).toEqual([
    'rejected',
    'rejected',
    'rejected',
  ])
  expect(notes()).toEqual(['a'])
  expect(writer.refusing()).toBe(true)
  await note('d')
  expect(notes()).toEqual(['a', 'd'])
  expect(writer.refusing()).toBe(false)
})
