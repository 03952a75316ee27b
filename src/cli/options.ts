import { readFileSync } from 'node:fs'
import { type Config, readConfig } from '../config'

/** The options of this process; null after every problem was told on standard error. */
export const readOptions = (): Config | null => {
  const { config, problems, warnings } = readConfig(process.env, (path) =>
    readFileSync(path, 'utf8'),
  )
  for (const warning of warnings) console.error(`warning: ${warning}`)
  for (const problem of problems) console.error(`error: ${problem}`)
  return config
}
