import { existsSync } from 'node:fs'
import { backUp } from '../store'
import type { CliCommand } from './command'
import { databaseOf } from './data-folder'
import { readOptions } from './options'
import { megabytes } from './progress'
import { reportFailure } from './with-data-folder'

/** `snug backup FILE`: a consistent copy, beside a running server or without one. */
export const backup: CliCommand = {
  usage: 'backup <file>',
  summary: 'write a consistent, checked copy of the database, also while the server runs',
  options: [{ flags: '--force', means: 'replace the file if it exists' }],
  run: ({ args: [file = ''], flag }) => {
    const config = readOptions()
    if (config === null) return 2
    return reportFailure(async () => {
      const database = databaseOf(config)
      if (!existsSync(database)) throw new Error(`there is no database in ${config.dataDir}`)
      if (existsSync(file) && !flag('force')) throw new Error(`${file} exists; --force replaces it`)
      const bytes = backUp(database, file)
      console.log(
        `${file}: ${megabytes(bytes)}, sound. The file secret is not in it; keep that too.`,
      )
      return 0
    })
  },
}
