import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { inSlices } from '../../src/core/slices'
import { createPauses, repeatInSlice, sliceMs } from '../../src/store/engine/slices'
import { createWriter } from '../../src/store/engine/writer'

/** A clock that goes on with the work alone, and how many turns of the event loop passed meanwhile. */
const start = () => {
  const time = { now: 0, turns: 0, on: true }
  const count = () => {
    time.turns++
    if (time.on) setImmediate(count)
  }
  setImmediate(count)
  return { time, now: () => time.now, stop: () => (time.on = false) }
}

test('work on many things gives way after each slice, and takes all in order', async () => {
  const { time, now, stop } = start()
  const taken: number[] = []
  const items = Array.from({ length: 100 }, (_, n) => n)
  const take = (item: number) => {
    taken.push(item)
    time.now++
  }
  await inSlices(items, take, now)
  stop()
  expect(taken).toEqual(items)
  expect(time.turns).toBeGreaterThanOrEqual(100 / sliceMs - 1)
})

test('what throws ends it at once', async () => {
  const taken: number[] = []
  const work = inSlices([1, 2, 3], (item) => {
    taken.push(item)
    if (item === 2) throw new Error('no two')
  })
  await expect(work).rejects.toThrow('no two')
  expect(taken).toEqual([1, 2])
})

test('a pause costs nothing before the slice is over', async () => {
  const { time, now, stop } = start()
  const pause = createPauses(now)
  for (let step = 0; step < 100; step++) await pause()
  expect(time.turns).toBe(0)
  for (let step = 0; step < 100; step++) {
    time.now++
    await pause()
  }
  stop()
  expect(time.turns).toBeGreaterThanOrEqual(100 / sliceMs - 1)
})

test('a step is repeated until the slice is over or nothing is left', () => {
  const { time, now, stop } = start()
  let steps = 0
  const step = (most: number) => () => {
    time.now += sliceMs / 4
    return ++steps < most
  }
  expect(repeatInSlice(step(1000), now)).toBe(true)
  expect(steps).toBe(4)
  expect(repeatInSlice(step(6), now)).toBe(false)
  expect(steps).toBe(6)
  stop()
})

test('writes of one turn share a commit for as long as a slice, in the order they came', async () => {
  const { time, now, stop } = start()
  const sqlite = new Database(':memory:')
  sqlite.run('CREATE TABLE numbers (number INTEGER PRIMARY KEY, slice INTEGER)')
  const { write } = createWriter(sqlite, undefined, now)
  const done: number[] = []
  const commits = new Set<number>()
  await Promise.all(
    Array.from({ length: 40 }, (_, number) =>
      write(() => {
        time.now++
        commits.add(time.turns)
        sqlite.run('INSERT INTO numbers (number) VALUES (?)', [number])
        if (number === 13) throw new Error('unlucky')
      }).then(
        () => done.push(number),
        () => {},
      ),
    ),
  )
  stop()
  expect(commits.size).toBe(40 / sliceMs)
  expect(done).toEqual(Array.from({ length: 40 }, (_, n) => n).filter((n) => n !== 13))
  expect(sqlite.query('SELECT count(*) AS n FROM numbers').get()).toEqual({ n: 39 })
  sqlite.close()
})
