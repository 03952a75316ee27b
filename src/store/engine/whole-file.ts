import fs from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a file that is there whole or not at all, readable by this user alone: `write` fills another one
 * beside it, which gets the name once it is on the disk and is gone when anything fails. Returns what
 * `write` returned.
 */
export const writeWhole = <T>(path: string, write: (half: string) => T): T => {
  const half = `${path}.half`
  removeAll(half)
  try {
    fs.closeSync(fs.openSync(half, 'wx', 0o600))
    const answer = write(half)
    syncFile(half)
    fs.renameSync(half, path)
    syncFolder(dirname(path))
    return answer
  } catch (error) {
    removeAll(half)
    throw error
  }
}

/** SQLite keeps files of its own beside one that it writes; it would take a stale one for its own. */
const removeAll = (half: string) => {
  for (const suffix of ['', '-journal', '-wal', '-shm']) fs.rmSync(half + suffix, { force: true })
}

/** Waits until a file's bytes are on the disk. */
export const syncFile = (path: string) => {
  const file = fs.openSync(path, 'r+')
  try {
    fs.fsyncSync(file)
  } finally {
    fs.closeSync(file)
  }
}

/** Waits until the names in a folder are on the disk, where the system has that. */
export const syncFolder = (path: string) => {
  if (process.platform === 'win32') return
  const folder = fs.openSync(path, 'r')
  try {
    fs.fsyncSync(folder)
  } catch (error) {
    if ((error as { code?: string }).code !== 'EINVAL') throw error // a file system without it
  } finally {
    fs.closeSync(folder)
  }
}
