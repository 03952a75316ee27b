import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isBehind, openStore, verifyFile } from '../../src/store'
import { temporaryFolder } from '../program'

const fixture = join(import.meta.dir, '../fixtures/schema-0000.db')

const spoilt: Record<string, { spoil: (path: string) => void; says: string }> = {
  'a file that is something else': {
    spoil: (path) => writeFileSync(path, 'These are not the pages you are looking for.'.repeat(99)),
    says: 'is damaged',
  },
  'half a file': {
    spoil: (path) => truncateSync(path, readFileSync(path).length / 2),
    says: 'is damaged',
  },
  'pages overwritten': {
    spoil: (path) => {
      const bytes = readFileSync(path)
      bytes.fill(0xa5, 5 * 4096, 9 * 4096)
      writeFileSync(path, bytes)
    },
    says: 'is damaged',
  },
  'a newer schema': {
    spoil: (path) => {
      const sqlite = new Database(path)
      sqlite.run('UPDATE __drizzle_migrations SET created_at = 9e15')
      sqlite.close()
    },
    says: 'newer snug',
  },
  'an empty file beside the secret': {
    spoil: (path) => {
      truncateSync(path, 0)
      writeFileSync(join(path, '../secret'), 'x')
    },
    says: 'secret of an earlier one is there',
  },
  'an empty file beside a write-ahead log': {
    spoil: (path) => {
      truncateSync(path, 0)
      writeFileSync(`${path}-wal`, 'x')
    },
    says: 'snug.db-wal of an earlier one is there',
  },
}

for (const [what, { spoil, says }] of Object.entries(spoilt)) {
  test(`${what} is refused, and not a byte of it changed`, () => {
    using folder = temporaryFolder()
    const path = join(folder.path, 'snug.db')
    copyFileSync(fixture, path)
    spoil(path)
    const before = readFileSync(path)
    expect(() => openStore(path)).toThrow(says)
    expect(() => openStore(path)).not.toThrow('\n')
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(verifyFile(path)).not.toEqual([])
  })
}

test('an older database is sound, and behind until it was opened', async () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'snug.db')
  copyFileSync(fixture, path)
  expect(verifyFile(path)).toEqual([])
  expect(isBehind(path)).toBe(true)
  await openStore(path).close()
  expect(isBehind(path)).toBe(false)
})

test('some other SQLite file is no snug database', () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'other.db')
  const sqlite = new Database(path, { create: true })
  sqlite.run('CREATE TABLE cats (name)')
  sqlite.close()
  expect(verifyFile(path)).toEqual(['it is no snug database'])
})
