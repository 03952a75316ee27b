import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { connect, connectAgain } from '../../src/store/engine/connect'
import { temporaryFolder } from '../program'

const src = join(import.meta.dir, '../../src')

/** What SQLite answers for FULL: every commit is on the disk before it is acknowledged. */
const full = 2

test('every writing connection syncs each commit unless a thread does, writes ahead and minds foreign keys', () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'snug.db')
  const connections = [
    connect(path),
    connectAgain(path, true),
    connectAgain(path, false),
    connect(path, false),
  ]
  for (const { sqlite } of connections) {
    const ask = (pragma: string) =>
      Object.values(sqlite.query(`PRAGMA ${pragma}`).get() as object)[0]
    expect(ask('synchronous')).toBe(full)
    expect(ask('journal_mode')).toBe('wal')
    expect(ask('foreign_keys')).toBe(1)
  }
  for (const { sqlite } of connections) sqlite.close()
})

/** Who opens a database to write, beside the one place that makes such connections. */
const others: Record<string, string> = {
  'store/engine/lock.ts': 'writes nothing: it only holds a lock',
  'store/engine/backup.ts': 'changes a copy that is synced as a whole before it gets its name',
}

test('nobody else opens a database to write, or syncs less', async () => {
  const settings: string[] = []
  for (const file of new Bun.Glob('**/*.ts').scanSync(src)) {
    const text = await Bun.file(join(src, file)).text()
    for (const [, options = ''] of text.matchAll(/new Database\(([^\n]*)/g)) {
      const isOne =
        file === 'store/engine/connect.ts' || file in others || options.includes('readonly: true')
      expect(isOne, `${file} opens a database: ${options}`).toBe(true)
    }
    for (const [said] of text.matchAll(/synchronous\s*=\s*\w+/gi)) settings.push(`${file}: ${said}`)
  }
  expect(settings.toSorted()).toEqual([
    'store/engine/connect.ts: synchronous = FULL',
    'store/engine/log.ts: synchronous = NORMAL', // whose commits a thread syncs before they are told of: writer.test.ts, power-cut.test.ts
  ])
})
