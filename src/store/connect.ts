import { Database } from 'bun:sqlite'
import { type BunSQLiteDatabase, drizzle } from 'drizzle-orm/bun-sqlite'
import type { MigrationMeta } from 'drizzle-orm/migrator'
import { readMigrations } from './migrations' with { type: 'macro' }
import * as schema from './schema'

const migrations = readMigrations() as unknown as MigrationMeta[]

/** How long a statement may wait for another process's lock, in ms; see `pragmas`. */
const patience = 250

/** Settings of every writing connection, in the order they must run. */
const pragmas = [
  'journal_mode = WAL', // readers never wait for the writer; first, so that the rest apply to it
  'synchronous = FULL', // an acknowledged commit survives a power cut; NORMAL lost rows when tried
  `busy_timeout = ${patience}`, // a foreign writer may delay, but never freeze, the redirects on this thread
  'foreign_keys = ON',
  'temp_store = MEMORY',
  'cache_size = -32000', // KiB
  'journal_size_limit = 8388608', // bytes the log keeps after a checkpoint
]

export type Connection = { sqlite: Database; db: BunSQLiteDatabase<typeof schema> }

/** Opens (or makes) the database file, `:memory:` included, and brings it to this program's schema. */
export const connect = (path: string): Connection => {
  const sqlite = new Database(path, { create: true, strict: true })
  for (const pragma of pragmas) sqlite.run(`PRAGMA ${pragma}`)
  const db = drizzle(sqlite, { schema })
  migrate({ sqlite, db })
  return { sqlite, db }
}

/**
 * Runs synchronous work in one transaction, all or nothing. Fails at once, rather than wait, when
 * another process holds the lock.
 */
export const immediately = <T>(sqlite: Database, work: () => T): T => {
  begin(sqlite)
  try {
    const answer = work()
    sqlite.run('COMMIT')
    return answer
  } catch (error) {
    if (sqlite.inTransaction) sqlite.run('ROLLBACK')
    throw error
  }
}

/** Takes the write lock, or fails at once. */
export const begin = (sqlite: Database) => {
  sqlite.run('PRAGMA busy_timeout = 0')
  try {
    sqlite.run('BEGIN IMMEDIATE')
  } finally {
    sqlite.run(`PRAGMA busy_timeout = ${patience}`)
  }
}

/** Whether an error says that another process holds the write lock. */
export const isBusy = (error: unknown) =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')

/**
 * Applies what is missing. Foreign keys are off meanwhile: a table rebuild would otherwise delete all
 * cascade children, because its own PRAGMA does nothing inside the migration's transaction.
 */
const migrate = ({ sqlite, db }: Connection) => {
  refuseNewer(sqlite)
  sqlite.run('PRAGMA foreign_keys = OFF')
  // biome-ignore lint/suspicious/noExplicitAny: the list form of the migrator has no public type
  const { dialect, session } = db as any
  dialect.migrate(migrations, session)
  const broken = sqlite.query('PRAGMA foreign_key_check').all()
  if (broken.length > 0) throw new Error('the migrated database has broken foreign keys')
  sqlite.run('PRAGMA foreign_keys = ON')
}

const refuseNewer = (sqlite: Database) => {
  const known = sqlite
    .query<{ name: string }, []>(
      "SELECT name FROM sqlite_master WHERE name = '__drizzle_migrations'",
    )
    .get()
  if (known === null) return
  const newest = sqlite
    .query<{ at: number | null }, []>('SELECT max(created_at) AS at FROM __drizzle_migrations')
    .get()
  if ((newest?.at ?? 0) > (migrations.at(-1)?.folderMillis ?? 0))
    throw new Error(
      'the database was written by a newer snug: run that version, or restore a backup',
    )
}
