import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { connect } from '../../src/store/engine/connect'
import { keepShort, logInThread, moveLog, ownLog } from '../../src/store/engine/log'
import { createWriter } from '../../src/store/engine/writer'
import { temporaryFolder } from '../program'

const fill = (sqlite: Database, rows: number) => {
  for (let row = 0; row < rows; row++)
    sqlite.run('INSERT INTO settings (name, value) VALUES (?, zeroblob(4000))', [`row ${row}`])
}

const pagesLeft = (path: string) => {
  const sqlite = new Database(path, { readonly: true })
  const { log, checkpointed } = sqlite.query('PRAGMA wal_checkpoint(NOOP)').get() as {
    log: number
    checkpointed: number
  }
  sqlite.close()
  return log - checkpointed
}

test('with a thread of its own a log that has grown long is moved into the file before writers go on', async () => {
  using folder = temporaryFolder()
  const place = { path: join(folder.path, 'snug.db'), checkpoints: true }
  const { sqlite } = connect(place.path)
  const log = logInThread(sqlite, place)
  const { write } = createWriter(sqlite, log.sync)
  await write(() => fill(sqlite, 400))
  expect(pagesLeft(place.path)).toBeGreaterThan(400)
  await write(() => sqlite.run('UPDATE settings SET value = zeroblob(4100)'))
  expect(pagesLeft(place.path)).toBe(0)
  log.close()
  sqlite.close()
})

test.each([
  ['a thread', logInThread],
  ['the connection itself', ownLog],
])(
  'when asked, %s moves the log into the file, or leaves it to a program that replicates it',
  async (_, logOf) => {
    using folder = temporaryFolder()
    for (const checkpoints of [true, false]) {
      const place = { path: join(folder.path, `${checkpoints}.db`), checkpoints }
      const { sqlite } = connect(place.path, checkpoints)
      const log = logOf(sqlite, place)
      fill(sqlite, 100)
      await log.move()
      expect(pagesLeft(place.path) === 0).toBe(checkpoints)
      log.close()
      sqlite.close()
    }
  },
)

test('a log that can’t be moved fails whoever asked for that, and no writer', () => {
  using folder = temporaryFolder()
  const { sqlite } = connect(join(folder.path, 'snug.db'))
  sqlite.close()
  expect(() => moveLog(sqlite)).toThrow()
  expect(() => keepShort(sqlite)).not.toThrow()
})
