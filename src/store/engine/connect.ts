import { Database } from 'bun:sqlite'
import { type BunSQLiteDatabase, drizzle } from 'drizzle-orm/bun-sqlite'
import { keepAccountTotals } from '../clicks/account-totals'
import { endProofs } from '../proofs'
import * as schema from '../schema'
import { inspect } from './inspect'
import { migrate } from './migrate'
import { patience } from './transaction'

/** Settings of every writing connection, in the order they must run. */
const pragmas = [
  'journal_mode = WAL', // readers never wait for the writer; first, so that the rest apply to it
  'synchronous = FULL', // an acknowledged commit survives a power cut; NORMAL lost rows when tried
  `busy_timeout = ${patience}`, // a foreign writer may delay, but never freeze, the redirects on this thread
  'foreign_keys = ON',
  'secure_delete = FAST', // deleted salts leave no trace in their page
  'temp_store = MEMORY',
  'cache_size = -32000', // KiB
  'journal_size_limit = 8388608', // bytes the log keeps after a checkpoint
]

export type Connection = { sqlite: Database; db: BunSQLiteDatabase<typeof schema> }

/** Opens (or makes) the database file, `:memory:` included, and brings it to this program's schema. */
export const connect = (path: string, checkpoints = true): Connection => {
  if (path !== ':memory:') inspect(path)
  return open(path, checkpoints, (sqlite) => migrate(sqlite, path))
}

/** Opens one more writing connection to a database that `connect` has opened in this process. */
export const connectAgain = (path: string, checkpoints: boolean) => open(path, checkpoints)

const open = (
  path: string,
  checkpoints: boolean,
  prepare: (sqlite: Database) => void = () => {},
): Connection => {
  const sqlite = new Database(path, { create: true, strict: true })
  for (const pragma of pragmas) sqlite.run(`PRAGMA ${pragma}`)
  if (!checkpoints) sqlite.run('PRAGMA wal_autocheckpoint = 0')
  prepare(sqlite)
  keepAccountTotals(sqlite)
  endProofs(sqlite)
  return { sqlite, db: drizzle(sqlite, { schema }) }
}
