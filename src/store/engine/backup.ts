import { Database } from 'bun:sqlite'
import { statSync } from 'node:fs'
import { verifyFile } from './inspect'
import { writeWhole } from './whole-file'

/**
 * Writes a consistent copy of a database that may be in use; returns its size in bytes. The copy gets its
 * name only when it is on the disk and was read through without a problem. `change` may alter it before.
 */
export const backUp = (from: string, to: string, change: (copy: string) => void = () => {}) =>
  writeWhole(to, (half): number => {
    vacuumInto(from, half)
    change(half)
    const [problem] = verifyFile(half)
    if (problem !== undefined) throw new Error(`the copy is not sound: ${problem}`)
    return statSync(half).size
  })

const vacuumInto = (from: string, to: string) => {
  const sqlite = new Database(from, { readonly: true, strict: true })
  try {
    sqlite.run('PRAGMA busy_timeout = 5000')
    sqlite.run('PRAGMA temp_store = MEMORY') // the folder of temporary files may be read-only
    sqlite.run('VACUUM INTO ?', [to])
  } finally {
    sqlite.close()
  }
}

/** Tables of what lets somebody in without a password, and of proofs that are under way. */
const sessionTables = ['sessions', 'verifications']

/** Ends, in a database that nobody uses, every sign-in and every proof that would make or spare one. */
export const endSignIns = (path: string) => {
  const sqlite = new Database(path, { readwrite: true, strict: true })
  try {
    sqlite.run('PRAGMA secure_delete = ON')
    const known = sqlite.query<{ name: string }, [string]>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name = ?",
    )
    for (const table of sessionTables)
      if (known.get(table) !== null) sqlite.run(`DELETE FROM ${table}`)
  } finally {
    sqlite.close()
  }
}
