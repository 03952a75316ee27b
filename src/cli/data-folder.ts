import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config'

/** Makes the data folder, for this user alone; everything made in it later is private as well. */
export const openDataFolder = ({ dataDir }: Pick<Config, 'dataDir'>) => {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  chmodSync(dataDir, 0o700)
  process.umask(0o077)
  return { database: join(dataDir, 'snug.db') }
}

/** The instance's secret: the configured one, or the file `secret`, made at the first start. */
export const readSecret = ({ dataDir, secret }: Pick<Config, 'dataDir' | 'secret'>): string => {
  if (secret !== null) return secret
  const path = join(dataDir, 'secret')
  if (!existsSync(path)) {
    const fresh = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')
    writeFileSync(path, `${fresh}\n`, { mode: 0o600, flag: 'wx' })
  }
  return readFileSync(path, 'utf8').trim()
}
