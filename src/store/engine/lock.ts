import { Database } from 'bun:sqlite'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { isBusy } from './transaction'

/** Holds a data folder for this process; it must stay referenced, a collected handle lets go. */
export type Lock = { release: () => void }

/** How long another process may take to let go, in ms: a restart overlaps a little. */
const patience = 1000

/**
 * Takes the folder for this process alone; throws naming the holder. SQLite's own lock on a file of
 * its own is the only one that works alike everywhere and that a killed process can't leave behind.
 */
export const lockFolder = (folder: string): Lock => {
  const holder = join(folder, 'lock.holder') // opening `lock` itself a second time would drop the lock
  const sqlite = new Database(join(folder, 'lock'), { create: true })
  try {
    sqlite.run(`PRAGMA busy_timeout = ${patience}`)
    sqlite.run('BEGIN EXCLUSIVE')
  } catch (error) {
    sqlite.close()
    if (!isBusy(error)) throw error
    throw new Error(`the folder ${folder} is in use by ${nameOf(holder)}`)
  }
  writeFileSync(holder, `process ${process.pid} on ${hostname()}\n`)
  return {
    release: () => {
      rmSync(holder, { force: true })
      sqlite.close()
    },
  }
}

const nameOf = (holder: string) => {
  try {
    return readFileSync(holder, 'utf8').trim()
  } catch {
    return 'another process'
  }
}
