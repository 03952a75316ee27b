import { Database } from 'bun:sqlite'
import { type BunSQLiteDatabase, drizzle } from 'drizzle-orm/bun-sqlite'
import type { MigrationMeta } from 'drizzle-orm/migrator'
import { readMigrations } from './migrations' with { type: 'macro' }
import * as schema from './schema'

const migrations = readMigrations() as unknown as MigrationMeta[]

/** Settings of every writing connection, in the order they must run. */
const pragmas = [
  'journal_mode = WAL', // readers never wait for the writer; first, so that the rest apply to it
  'synchronous = FULL', // an acknowledged commit survives a power cut; NORMAL lost rows when tried
  'busy_timeout = 250', // a foreign writer may delay, but never freeze, the redirects on this thread
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
