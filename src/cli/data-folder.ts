import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { countryFile } from '../clicks'
import type { Config } from '../config'
import { syncFile, syncFolder } from '../store'

type Folder = Pick<Config, 'dataDir'>

/** The file of a data folder that holds everything but the secret. */
export const databaseOf = ({ dataDir }: Folder) => join(dataDir, 'snug.db')

/** Makes the data folder, for this user alone; everything made in it later is private as well. */
export const openDataFolder = (config: Pick<Config, 'dataDir' | 'geoipDb'>) => {
  const { dataDir } = config
  process.umask(0o077)
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    makePrivate(dataDir)
    accessSync(dataDir, constants.W_OK)
  } catch (error) {
    const { code } = error as { code?: string }
    throw new Error(`the data folder ${dataDir} can't be written (${code}); see SNUG_DATA_DIR`)
  }
  const downloaded = join(dataDir, countryFile)
  return {
    database: databaseOf(config),
    /** country data to use: the configured file, else what was downloaded */
    geoipDb: config.geoipDb ?? (existsSync(downloaded) ? downloaded : null),
  }
}

/** A folder of somebody else, like a container's volume, may be ours to write and not to close. */
const makePrivate = (folder: string) => {
  try {
    chmodSync(folder, 0o700)
  } catch {}
}

/** The instance's secret: the configured one, or the file `secret`, made at the first start. */
export const readSecret = ({ dataDir, secret }: Pick<Config, 'dataDir' | 'secret'>): string => {
  if (secret !== null) return secret
  const path = join(dataDir, 'secret')
  if (!existsSync(path)) makeSecret(path)
  const kept = readFileSync(path, 'utf8').trim()
  if (kept === '')
    throw new Error(`${path} is empty: put back the one that belongs to the database, or remove it`)
  return kept
}

/** Makes the file whole or not at all; when another process was faster, that one's stays. */
const makeSecret = (path: string) => {
  const half = `${path}.${process.pid}.half`
  try {
    const fresh = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')
    writeFileSync(half, `${fresh}\n`, { mode: 0o600 })
    syncFile(half)
    if (!linkNew(half, path)) renameSync(half, path)
    syncFolder(dirname(path))
  } finally {
    rmSync(half, { force: true })
  }
}

/** Gives a file one more name unless somebody has it; false where the file system has no such names. */
const linkNew = (from: string, to: string): boolean => {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    return (error as { code?: string }).code === 'EEXIST'
  }
}
