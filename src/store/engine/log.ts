import type { Database } from 'bun:sqlite'
import type { LogVerbs } from './log.worker'
import { type DatabaseLocation, inThread } from './thread'

/** What brings commits to the disk, and the log into the file. */
export type Log = {
  /** resolves once all commits made before are on the disk */
  sync: () => Promise<void>
  /** moves what it can of the log into the file */
  move: () => Promise<void>
  close: () => void
}

/** The log of a connection that syncs its own commits and moves its own log, as SQLite does unless told otherwise. */
export const ownLog = (sqlite: Database, { path, checkpoints }: DatabaseLocation): Log => ({
  async sync() {},
  async move() {
    if (checkpoints && path !== ':memory:') moveLog(sqlite)
  },
  close: () => {},
})

/**
 * Relieves a connection of both: they take many milliseconds of a slow disk, and its thread answers redirects. A
 * thread of their own waits for the disk, not one that others need as well: a name that is looked up may take seconds.
 */
export const logInThread = (sqlite: Database, place: DatabaseLocation): Log => {
  sqlite.run('PRAGMA synchronous = NORMAL') // its commits are synced by the thread, before anybody is told of them
  sqlite.run('PRAGMA wal_autocheckpoint = 0')
  const { call, end } = inThread<LogVerbs>('engine/log.worker', place)
  return {
    sync: () => call('sync'),
    move: () => call('move'),
    close: () => end('the program is stopping'),
  }
}

/** Pages of the log that are not in the file yet, from which on they are moved there: 4 MB. */
const mostPages = 1000

/** Pages of the log, and those of them that are in the file already. */
type LogState = { log: number; checkpointed: number }

const stateOf = (sqlite: Database) =>
  sqlite.query<LogState, []>('PRAGMA wal_checkpoint(NOOP)').get() as LogState

/** Moves a log that has grown long; never fails: what was synced is on the disk, and the next sync or job tries again. */
export const keepShort = (sqlite: Database): void => {
  try {
    const { log, checkpointed } = stateOf(sqlite)
    if (log - checkpointed >= mostPages) moveLog(sqlite)
  } catch {
    // a file that can't grow on a full disk, for instance: no reason to tell writers that they failed
  }
}

/** How long the lock of a writer under way is waited for, and then questions under way, in ms. */
const patience = 50

/**
 * Moves the log into the file. While others go on writing that never reaches the log's end, so a log that is
 * still long afterwards is finished with the write lock held.
 */
export const moveLog = (sqlite: Database): void => {
  sqlite.run('PRAGMA wal_checkpoint(PASSIVE)')
  if (stateOf(sqlite).log < mostPages) return
  const { timeout } = sqlite.query('PRAGMA busy_timeout').get() as { timeout: number }
  sqlite.run(`PRAGMA busy_timeout = ${patience}`)
  sqlite.run('PRAGMA wal_checkpoint(RESTART)')
  sqlite.run(`PRAGMA busy_timeout = ${timeout}`)
}
