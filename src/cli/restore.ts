import { existsSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { backUp, endSignIns, lockFolder, syncFolder, verifyFile } from '../store'
import type { CliCommand } from './command'
import { openDataFolder } from './data-folder'
import { readOptions } from './options'
import { reportFailure } from './with-data-folder'

/** `snug restore FILE`: puts a backup in the database's place; what was there is kept beside it. */
export const restore: CliCommand = {
  usage: 'restore <file>',
  summary:
    'put a backup in the place of the database, which is kept beside it; the server must be stopped',
  run: ({ args: [file = ''] }) => {
    const config = readOptions()
    if (config === null) return 2
    return reportFailure(async () => {
      const [problem] = verifyFile(file)
      if (problem !== undefined) throw new Error(`${file} can't be restored: ${problem}`)
      const { database } = openDataFolder(config)
      const lock = lockFolder(config.dataDir)
      try {
        putInPlace(file, database)
      } finally {
        lock.release()
      }
      console.log(`${database} is now the backup ${file}; everybody signs in anew`)
      return 0
    })
  },
}

/** Never leaves half a database under its own name: the copy is whole and synced before it gets it. */
const putInPlace = (file: string, database: string) => {
  const fresh = `${database}.restoring`
  try {
    backUp(file, fresh, endSignIns) // not a plain copy: the file may have a write-ahead log of its own
    keepOld(database)
    renameSync(fresh, database)
    syncFolder(dirname(database))
  } finally {
    rmSync(fresh, { force: true })
  }
}

/** Moves the database aside with its log, which must never be taken for one of another database. */
const keepOld = (database: string) => {
  const kept = `${database}.before-restore`
  if (existsSync(database))
    for (const part of ['', '-wal']) {
      rmSync(kept + part, { force: true })
      if (existsSync(database + part)) renameSync(database + part, kept + part)
    }
  for (const part of ['-wal', '-shm']) rmSync(database + part, { force: true })
}
