import type { Database } from 'bun:sqlite'
import { readdirSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { MigrationMeta } from 'drizzle-orm/migrator'
import { readMigrations } from './migrations' with { type: 'macro' }
import { immediately } from './transaction'
import { writeWhole } from './whole-file'

const migrations = readMigrations() as unknown as MigrationMeta[]

/** Copies made before upgrades that are kept, the newest. */
const copiesKept = 3

const journal = '__drizzle_migrations'

/** The migrations that a database still needs; throws when a newer program wrote it. */
export const pendingMigrations = (sqlite: Database): MigrationMeta[] => {
  const newest = newestApplied(sqlite)
  if (newest > (migrations.at(-1)?.folderMillis ?? 0))
    throw new Error(
      'the database was written by a newer snug: run that version, or restore a backup',
    )
  return migrations.filter(({ folderMillis }) => folderMillis > newest)
}

/**
 * Applies what is missing, each step in one transaction, so that an interrupted upgrade goes on at the
 * next start; a copy of an older database is kept beside it first. Foreign keys are off meanwhile: a
 * table rebuild would otherwise delete all cascade children.
 */
export const migrate = (sqlite: Database, path: string) => {
  const pending = pendingMigrations(sqlite)
  if (pending.length === 0) return
  if (path !== ':memory:' && newestApplied(sqlite) > 0) keepCopy(sqlite, path)
  sqlite.run('PRAGMA foreign_keys = OFF')
  for (const migration of pending) immediately(sqlite, () => apply(sqlite, migration))
  sqlite.run('PRAGMA foreign_keys = ON')
}

const apply = (sqlite: Database, { sql, hash, folderMillis }: MigrationMeta) => {
  sqlite.run(
    `CREATE TABLE IF NOT EXISTS ${journal} (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)`,
  )
  for (const statement of sql) sqlite.run(statement)
  sqlite.run(`INSERT INTO ${journal} (hash, created_at) VALUES (?, ?)`, [hash, folderMillis])
  if (sqlite.query('PRAGMA foreign_key_check').all().length > 0)
    throw new Error('the upgraded database has broken foreign keys; nothing was changed')
}

const newestApplied = (sqlite: Database): number => {
  const known = sqlite
    .query<{ name: string }, [string]>('SELECT name FROM sqlite_master WHERE name = ?')
    .get(journal)
  if (known === null) return 0
  const row = sqlite
    .query<{ at: number | null }, []>(`SELECT max(created_at) AS at FROM ${journal}`)
    .get()
  return row?.at ?? 0
}

/** A consistent copy under a name that says which schema it has; a half-made one never gets it. */
const keepCopy = (sqlite: Database, path: string) => {
  const [folder, stem] = [dirname(path), `${basename(path)}.before-upgrade-`]
  for (const name of readdirSync(folder))
    if (name.startsWith(stem) && /half(-journal)?$/.test(name)) rmSync(join(folder, name)) // of a killed start
  writeWhole(join(folder, `${stem}${newestApplied(sqlite)}`), (half) =>
    sqlite.run('VACUUM INTO ?', [half]),
  )
  const copies = readdirSync(folder)
    .filter((name) => name.startsWith(stem))
    .map((name) => join(folder, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
  for (const old of copies.slice(copiesKept)) rmSync(old)
}
