import { Database } from 'bun:sqlite'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { pendingMigrations } from './migrate'

/** Files larger than this are not read through before every start, in bytes: it would take too long. */
const readThrough = 2 ** 29

/**
 * Looks at a database file without changing a byte of it; throws in one sentence when it must not be
 * used: damaged, written by a newer program, or emptied beside what an earlier one left.
 */
export const inspect = (path: string): void => {
  const size = existsSync(path) ? statSync(path).size : 0
  if (size === 0) {
    refuseLeftovers(path)
    return
  }
  readOnly(path, (sqlite) => {
    if (size <= readThrough) refuseDamage(path, problemsOf(sqlite, 'quick_check'))
    pendingMigrations(sqlite)
  })
}

/** Whether a database has to be upgraded, or made, before this program can use it. */
export const isBehind = (path: string): boolean =>
  !existsSync(path) ||
  statSync(path).size === 0 ||
  readOnly(path, (sqlite) => pendingMigrations(sqlite).length > 0)

/** Reads a whole file for damage and broken references; answers the problems found, at most ten. */
export const verifyFile = (path: string): string[] => {
  if (!existsSync(path) || statSync(path).size === 0) return ['it is missing or empty']
  try {
    return readOnly(path, (sqlite) => {
      pendingMigrations(sqlite)
      const damage = problemsOf(sqlite, 'integrity_check')
      const broken = sqlite.query<{ table: string }, []>('PRAGMA foreign_key_check').all()
      const strange = isOurs(sqlite) ? [] : ['it is no snug database']
      return [
        ...damage,
        ...strange,
        ...broken.slice(0, 3).map(({ table }) => `${table} refers to a row that is missing`),
      ]
    })
  } catch (error) {
    return [(error as Error).message]
  }
}

const readOnly = <T>(path: string, look: (sqlite: Database) => T): T => {
  const sqlite = new Database(path, { readonly: true, strict: true })
  try {
    sqlite.run('PRAGMA busy_timeout = 1000')
    return look(sqlite)
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'SQLITE_NOTADB' || code?.startsWith('SQLITE_CORRUPT'))
      refuseDamage(path, [(error as Error).message])
    throw error
  } finally {
    sqlite.close()
  }
}

const problemsOf = (sqlite: Database, check: 'quick_check' | 'integrity_check'): string[] =>
  sqlite
    .query<Record<string, string>, []>(`PRAGMA ${check}(10)`)
    .all()
    .flatMap((row) => Object.values(row))
    .filter((line) => line !== 'ok')

const refuseDamage = (path: string, [first]: readonly string[]) => {
  if (first === undefined) return
  const why = first.replaceAll(/\s+/g, ' ').slice(0, 120)
  throw new Error(`the database ${path} is damaged (${why}): restore a backup of it`)
}

/** An empty file beside leftovers would be taken for a new installation, and set-up opened to strangers. */
const refuseLeftovers = (path: string) => {
  const name = basename(path)
  const folder = dirname(path)
  if (!existsSync(folder)) return
  const isLeftover = (file: string) =>
    (file === 'secret' && existsSync(path)) || file === `${name}-wal` || file.startsWith(`${name}.`)
  const left = readdirSync(folder).filter(
    (file) => isLeftover(file) && statSync(`${folder}/${file}`).size > 0,
  )
  if (left.length > 0)
    throw new Error(
      `the database ${path} is empty, but ${left[0]} of an earlier one is there: restore a backup, or move the leftovers away`,
    )
}

const isOurs = (sqlite: Database) =>
  sqlite.query("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'links'").get() !== null
