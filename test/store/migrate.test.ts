import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { copyFileSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openStore } from '../../src/store'
import { temporaryFolder } from '../program'

const fixtures = join(import.meta.dir, '../fixtures')

/** Rows of every table that holds something, counted from outside. */
const census = (path: string) => {
  const sqlite = new Database(path, { readonly: true })
  const names = sqlite
    .query<{ name: string }, []>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
    )
    .all()
  const counts = names.map(({ name }) => {
    const row = sqlite.query<{ rows: number }, []>(`SELECT count(*) AS rows FROM ${name}`).get()
    return [name, row?.rows ?? 0] as const
  })
  sqlite.close()
  return Object.fromEntries(counts)
}

for (const fixture of readdirSync(fixtures).filter((name) => name.endsWith('.db'))) {
  test(`${fixture} is upgraded with all its rows, children included`, async () => {
    using folder = temporaryFolder()
    const path = join(folder.path, 'snug.db')
    copyFileSync(join(fixtures, fixture), path)
    const before = census(path)
    expect(before).toMatchObject({ accounts: 2, keys: 2, links: 40, clicks: 200, campaigns: 1 })

    const store = openStore(path)
    expect((await store.links.byCode('', 'old4'))?.campaignId).toBe('0123456789abcdef01234567')
    const ids = [...store.transfer.lines()].flatMap((line) =>
      line.type === 'account' ? [line.account.stableId] : [],
    )
    expect(new Set(ids).size).toBe(2)
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/)
    await store.close()
    expect(census(path)).toMatchObject(before)
    await openStore(path).close()
  })
}

test('an upgrade keeps a copy of what was there, under the old schema', async () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'snug.db')
  copyFileSync(join(fixtures, 'schema-0000.db'), path)
  const sqlite = new Database(path)
  sqlite.run('UPDATE __drizzle_migrations SET created_at = 1')
  for (const { name } of sqlite
    .query<{ name: string }, []>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
    )
    .all())
    sqlite.run(`ALTER TABLE ${name} RENAME TO ancient_${name}`)
  for (const { name } of sqlite
    .query<{ name: string }, []>(
      "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    )
    .all())
    sqlite.run(`DROP INDEX ${name}`)
  sqlite.close()

  await openStore(path).close()
  expect(census(`${path}.before-upgrade-1`)).toMatchObject({ ancient_links: 40 })
  expect(census(path)).toMatchObject({ ancient_links: 40, links: 0 })
})

const drizzle = join(import.meta.dir, '../../drizzle')

/** Brings a database up to the schema before a migration, as an older program would. */
const upgradeUntil = (sqlite: Database, tag: string) => {
  const { entries } = JSON.parse(readFileSync(join(drizzle, 'meta/_journal.json'), 'utf8')) as {
    entries: { tag: string; when: number }[]
  }
  for (const { tag: step, when } of entries.slice(1)) {
    if (step.endsWith(tag)) return
    const sql = readFileSync(join(drizzle, `${step}.sql`), 'utf8')
    for (const statement of sql.split('--> statement-breakpoint')) sqlite.run(statement)
    sqlite.run('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)', [step, when])
  }
  throw new Error(`there is no migration ${tag}`)
}

test('proofs of before belong to their account; those of minutes are asked for again', async () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'snug.db')
  copyFileSync(join(fixtures, 'schema-0000.db'), path)
  const old = new Database(path)
  upgradeUntil(old, 'proofs-of-accounts')
  const rows = [
    ['half-way', '1', 10],
    ['provider', '{"callbackURL":"/admin"}', 10],
    ['reset', '1', 60],
    ['trusted', '2', 30 * 24 * 60],
    ['of nobody', '77', 60],
  ] as const
  for (const [name, value, minutes] of rows)
    old.run(
      'INSERT INTO verifications (identifier, value, expires_at, created_at, updated_at) VALUES (?, ?, ?, 0, 0)',
      [name, value, minutes * 60_000],
    )
  old.close()

  await openStore(path).close()
  const sqlite = new Database(path)
  expect(sqlite.query('SELECT identifier, account_id AS account FROM verifications').all()).toEqual(
    [
      { identifier: 'reset', account: 1 },
      { identifier: 'trust~trusted', account: 2 },
      { identifier: 'of nobody', account: null },
    ],
  )
  sqlite.run('PRAGMA foreign_keys = ON')
  sqlite.run('DELETE FROM accounts WHERE id = 1')
  expect(sqlite.query('SELECT count(*) AS left FROM verifications').get()).toEqual({ left: 2 })
  sqlite.close()
})
