import type { Database } from 'bun:sqlite'

/** How long a statement may wait for another process's lock, in ms: it must never freeze the redirects. */
export const patience = 250

/** Runs synchronous work in one transaction, all or nothing. Fails at once when the lock is taken. */
export const immediately = <T>(sqlite: Database, work: () => T): T => atomically(sqlite, 0, work)

/** Does the same after waiting so long (ms) for the lock at most, which blocks this thread. */
export const atomically = <T>(sqlite: Database, wait: number, work: () => T): T => {
  begin(sqlite, wait)
  try {
    const answer = work()
    sqlite.run('COMMIT')
    return answer
  } catch (error) {
    if (sqlite.inTransaction) sqlite.run('ROLLBACK')
    throw error
  }
}

/** Takes the write lock, or fails: at once unless it may block this thread for `wait` ms. */
export const begin = (sqlite: Database, wait = 0) => {
  sqlite.run(`PRAGMA busy_timeout = ${wait}`)
  try {
    sqlite.run('BEGIN IMMEDIATE')
  } finally {
    sqlite.run(`PRAGMA busy_timeout = ${patience}`)
  }
}

/** Whether an error says that somebody else holds the write lock. */
export const isBusy = (error: unknown) =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
