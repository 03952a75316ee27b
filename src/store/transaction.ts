import type { Database } from 'bun:sqlite'

/** How long a statement may wait for another process's lock, in ms: it must never freeze the redirects. */
export const patience = 250

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
