import { Database } from 'bun:sqlite'
import { afterEach, beforeEach, expect, test } from 'bun:test'
import { sliceMs } from '../../src/store/engine/slices'
import { createWriter, type Writer } from '../../src/store/engine/writer'

let sqlite: Database
let writer: Writer
beforeEach(() => {
  sqlite = new Database(':memory:')
  sqlite.run('CREATE TABLE notes (text UNIQUE ON CONFLICT ROLLBACK)')
  writer = createWriter(sqlite, undefined, () => 0) // no slice is ever over
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

/** A disk that takes its time: each sync ends when the test says how. */
const slowDisk = () => {
  const syncs: PromiseWithResolvers<void>[] = []
  const sync = () => {
    const one = Promise.withResolvers<void>()
    syncs.push(one)
    return one.promise
  }
  return { syncs, sync }
}

const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve))
}

test('a write is told of once it is on the disk; those committed meanwhile share the next sync', async () => {
  const { syncs, sync } = slowDisk()
  writer = createWriter(sqlite, sync)
  const told: string[] = []
  const noteAndTell = (text: string) => note(text).then(() => told.push(text))
  const first = noteAndTell('a')
  await until(() => syncs.length === 1)
  const others = [noteAndTell('b'), noteAndTell('c')]
  await until(() => notes().length === 3)
  expect(told).toEqual([])
  syncs[0]?.resolve()
  await first
  await until(() => syncs.length === 2)
  expect(told).toEqual(['a'])
  const isIdle = writer.idle().then(() => told.push('idle'))
  syncs[1]?.resolve()
  await until(() => syncs.length === 3)
  syncs[2]?.resolve()
  await Promise.all([...others, isIdle])
  expect(told).toEqual(['a', 'b', 'c', 'idle'])
})

test('whose write the disk did not take is told so, and the next that it takes ends the refusals', async () => {
  const { syncs, sync } = slowDisk()
  writer = createWriter(sqlite, sync)
  const lost = note('a')
  await until(() => syncs.length === 1)
  syncs[0]?.reject(new Error('EIO: i/o error, fdatasync'))
  await expect(lost).rejects.toThrow('EIO')
  expect(writer.refusing()).toBe(true)
  const kept = note('b')
  await until(() => syncs.length === 2)
  syncs[1]?.resolve()
  await kept
  expect(writer.refusing()).toBe(false)
})

test('what those do who are told of their writes is done in slices, too', async () => {
  let time = 0
  const { syncs, sync } = slowDisk()
  writer = createWriter(sqlite, sync, () => time)
  const turns = new Set<number>()
  let turn = 0
  const work = Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      note(String(n)).then(() => {
        turns.add(turn)
        time += sliceMs / 2
      }),
    ),
  )
  await until(() => syncs.length === 1)
  let on = true
  const count = () => {
    turn++
    if (on) setImmediate(count)
  }
  count()
  syncs[0]?.resolve()
  await work
  on = false
  expect(turns.size).toBeGreaterThanOrEqual(4)
})
