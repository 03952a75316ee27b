import { Database } from 'bun:sqlite'
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs'

/**
 * Writes a consistent copy of a database that may be in use; answers its size in bytes. The copy gets
 * its name only when it is whole and on the disk, readable by this user alone.
 */
export const backUp = (from: string, to: string): number => {
  const half = `${to}.half`
  rmSync(half, { force: true })
  closeSync(openSync(half, 'wx', 0o600))
  const sqlite = new Database(from, { readonly: true, strict: true })
  try {
    sqlite.run('PRAGMA busy_timeout = 5000')
    sqlite.run('PRAGMA temp_store = MEMORY') // the folder of temporary files may be read-only
    sqlite.run('VACUUM INTO ?', [half])
  } catch (error) {
    rmSync(half, { force: true })
    throw error
  } finally {
    sqlite.close()
  }
  syncFile(half)
  renameSync(half, to)
  return statSync(to).size
}

const syncFile = (path: string) => {
  const file = openSync(path, 'r+')
  fsyncSync(file)
  closeSync(file)
}
