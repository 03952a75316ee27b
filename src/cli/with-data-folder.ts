import { cleanText } from '../clean-text'
import type { Config } from '../config'
import { type Core, Fault } from '../core'
import { openCore } from '../open-core'
import { isBehind, lockFolder, openStore, type Store } from '../store'
import { openDataFolder, readSecret } from './data-folder'
import { readOptions } from './options'
import { clock, random } from './system-clock'

/** What a command may work with: the database of the data folder, and the rules over it. */
export type Data = { config: Config; store: Store; core: Core }

/**
 * Runs a command on the data folder, beside a running server or without one, and closes it again.
 * Answers the command's exit code; 2 for wrong options, 1 after anything thrown was told in one line.
 */
export async function withDataFolder(work: (data: Data) => Promise<number>): Promise<number> {
  const config = readOptions()
  if (config === null) return 2
  return reportFailure(async () => {
    const { database } = openDataFolder(config)
    // an older database is upgraded here too, but never below a running server
    const lock = isBehind(database) ? lockFolder(config.dataDir) : null
    try {
      return await withStore(database, config, work)
    } finally {
      lock?.release()
    }
  })
}

async function withStore(
  database: string,
  config: Config,
  work: (data: Data) => Promise<number>,
): Promise<number> {
  const store = openStore(database, config)
  try {
    const core = await openCore({ config, store, clock, random, secret: readSecret(config) })
    return await work({ config, store, core })
  } finally {
    await store.close()
  }
}

/** The exit code of some work; 1 after what it threw was told in one line. */
export async function reportFailure(work: () => Promise<number>): Promise<number> {
  try {
    return await work()
  } catch (error) {
    console.error(`error: ${reason(error)}`)
    return 1
  }
}

/** Why something failed, in one line; what it quotes of the operator's own file stays. */
export const reason = (error: unknown) => {
  if (error instanceof Fault)
    return [error.kind, error.detail.field, error.detail.reason].filter(Boolean).join(': ')
  return error instanceof Error ? cleanText(error.message) : 'unknown'
}
