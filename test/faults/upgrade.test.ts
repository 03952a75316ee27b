import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { copyFileSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { verifyFile } from '../../src/store'
import { temporaryFolder } from '../program'
import { follow, program, serve, snug, until } from './ground'

const fixture = join(import.meta.dir, '../fixtures/schema-0000.db')

/** A database of the first schema with so many clicks more. */
const crowded = (path: string, clicks: number) => {
  copyFileSync(fixture, path)
  const sqlite = new Database(path)
  sqlite.run('PRAGMA journal_mode = WAL')
  sqlite.run(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${clicks})
    INSERT INTO clicks SELECT 1 + i % 40, 1760000000000 + i * 40, 0, 1, 2, 3, 4, 5, 6, 0, NULL, 700 FROM n`,
  )
  sqlite.close()
}

const countOf = (path: string, table: string) => {
  const sqlite = new Database(path, { readonly: true })
  const { rows } = sqlite.query(`SELECT count(*) AS rows FROM ${table}`).get() as { rows: number }
  sqlite.close()
  return rows
}

test('an upgrade of 500,000 clicks that is killed again and again ends whole', async () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'snug.db')
  crowded(path, 500_000)
  for (let round = 0; round < 6; round++) {
    const start = Bun.spawn([...program], {
      env: {
        PATH: process.env.PATH ?? '',
        SNUG_DATA_DIR: folder.path,
        SNUG_PORT: '0',
        SNUG_HOST: '127.0.0.1',
      },
      stdout: 'ignore',
      stderr: 'ignore',
    })
    await Bun.sleep(150 + round * 150)
    start.kill('SIGKILL')
    await start.exited
  }
  const server = await serve(folder.path)
  expect(await follow(server.origin, 'old7')).toBe(302)
  await server.stop()
  expect(verifyFile(path)).toEqual([])
  expect({ clicks: countOf(path, 'clicks'), links: countOf(path, 'links') }).toEqual({
    clicks: 500_201, // and the one of this test
    links: 40,
  })
  const [copy = ''] = readdirSync(folder.path).filter((name) => /before-upgrade-\d+$/.test(name))
  expect(verifyFile(join(folder.path, copy))).toEqual([])
  expect(countOf(join(folder.path, copy), 'clicks')).toBe(500_200)
}, 120_000)

test('an older database is upgraded by a command only while no server runs', async () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'snug.db')
  copyFileSync(fixture, path)
  expect((await snug(folder.path, 'export', join(folder.path, 'all.jsonl'))).code).toBe(0)
  expect(existsSync(join(folder.path, 'lock.holder'))).toBe(false)
}, 20_000)

test('starts within two seconds after a crash, with a million clicks', async () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'snug.db')
  crowded(path, 1_000_000)
  const first = await serve(folder.path)
  await until(async () => (await follow(first.origin, 'old7')) === 302, 5000)
  await first.stop('SIGKILL')
  const begin = performance.now()
  const second = await serve(folder.path)
  expect(await follow(second.origin, 'old7')).toBe(302)
  expect(performance.now() - begin).toBeLessThan(2000)
  await second.stop()
}, 120_000)
