import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { copyFileSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { createBackups } from '../../src/backups'
import { backUp, openStore, verifyFile } from '../../src/store'
import { runProgram, temporaryFolder } from '../program'
import { configOf, dawn } from '../world'

const fixture = join(import.meta.dir, '../fixtures/schema-0000.db')
const main = join(import.meta.dir, '../../src/main.ts')

/** A folder with a sound database. */
const furnished = () => {
  const folder = temporaryFolder()
  copyFileSync(fixture, join(folder.path, 'snug.db'))
  return folder
}

/** Lets a link belong to nobody: the file is whole, and still no database to go on with. */
const breakReference = (path: string) => {
  const sqlite = new Database(path)
  sqlite.run('PRAGMA foreign_keys = OFF')
  sqlite.run('UPDATE links SET owner_id = 999 WHERE id = 1')
  sqlite.close()
}

const overwrite = (path: string) => {
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.alloc(8192, 0xa5), 0, 8192, 4096 * 3)
}

for (const [what, damage] of [
  ['pages overwritten', overwrite],
  ['a reference to nothing', breakReference],
  ['all of it gone', (path: string) => Bun.spawnSync(['truncate', '-s', '0', path])],
] as const)
  test(`a copy with ${what} before it was checked never gets its name`, () => {
    using folder = furnished()
    const path = join(folder.path, 'snug.db')
    const copy = join(folder.path, 'copy.db')
    backUp(path, copy)
    const earlier = readFileSync(copy)
    expect(() => backUp(path, copy, damage)).toThrow('the copy is not sound')
    expect(readFileSync(copy).equals(earlier)).toBe(true)
    expect(readdirSync(folder.path).sort()).toEqual(['copy.db', 'snug.db'])
  })

test('a scheduled backup that is not sound fails, leaves nothing and costs no earlier one', async () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'snug.db')
  const kept = join(folder.path, 'backups')
  const store = openStore(path)
  const now = new Date(dawn)
  const account = await store.accounts.insert({
    kind: 'user',
    plan: 'free',
    createdAt: now,
    updatedAt: now,
  })
  await store.links.insert({
    code: 'one',
    destination: 'https://example.com/',
    ownerId: account.id,
    createdAt: now,
    updatedAt: now,
  })
  let clock = dawn
  const config = configOf({ SNUG_DATA_DIR: folder.path, SNUG_BACKUP_KEEP: '1' })
  const run = createBackups({ store, clock: { now: () => clock }, config })
  await run()
  const before = readdirSync(kept)
  breakReference(path)
  clock += 86_400_000
  await expect(run()).rejects.toThrow(
    'the copy is not sound: links refers to a row that is missing',
  )
  expect(readdirSync(kept)).toEqual(before)
  for (const name of before) expect(verifyFile(join(kept, name))).toEqual([])
  await store.close()
})

test('the half of a scheduled backup that was killed is cleared away by the next one', async () => {
  using folder = temporaryFolder()
  const store = openStore(join(folder.path, 'snug.db'))
  const config = configOf({ SNUG_DATA_DIR: folder.path })
  const run = createBackups({ store, clock: { now: () => dawn }, config })
  const kept = join(folder.path, 'backups')
  const { path } = await run()
  for (const left of [
    'snug-2026-03-01T03-00-00.db.half',
    'snug-2026-03-01T03-00-00.db.half-journal',
  ])
    copyFileSync(path, join(kept, left))
  copyFileSync(path, join(kept, 'mine.half'))
  await run()
  expect(readdirSync(kept).sort()).toEqual(['mine.half', 'snug-2026-03-10T12-00-00.db'])
  await store.close()
})

test('snug backup --force keeps the earlier copy when the new one is not sound', async () => {
  using folder = furnished()
  const env = { SNUG_DATA_DIR: folder.path }
  const snug = (...args: string[]) => runProgram(['bun', main, ...args], { cwd: folder.path, env })
  expect(await snug('backup', 'copy.db')).toMatchObject({ code: 0 })
  const earlier = readFileSync(join(folder.path, 'copy.db'))
  breakReference(join(folder.path, 'snug.db'))
  expect(await snug('backup', 'copy.db', '--force')).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('not sound'),
  })
  expect(readFileSync(join(folder.path, 'copy.db')).equals(earlier)).toBe(true)
  expect(readdirSync(folder.path).filter((name) => name.includes('half'))).toEqual([])
}, 20_000)
