import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Store } from '../store'
import { type Bucket, type BucketConfig, openBucket } from './bucket'

type Needs = {
  store: Pick<Store, 'upkeep'>
  clock: { now: () => number }
  config: BucketConfig & { dataDir: string; backupDir: string | null; backupKeep: number }
}

/** Names of scheduled backups sort by their time; nothing else is ever cleared away. */
const ours = /^snug-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.db$/

const isHalf = (name: string) =>
  /\.half(-journal)?$/.test(name) && ours.test(name.replace(/\.half.*/, ''))

/** Makes `run`: one backup into the folder, and the bucket when there is one; old ones go. */
export const createBackups = ({ store, clock, config }: Needs) => {
  const folder = config.backupDir ?? join(config.dataDir, 'backups')
  const bucket = openBucket(config)

  return async (): Promise<{ path: string; bytes: number }> => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const name = `snug-${new Date(clock.now()).toISOString().slice(0, 19).replaceAll(':', '-')}.db`
    const path = join(folder, name)
    for (const left of readdirSync(folder).filter(isHalf)) rmSync(join(folder, left)) // of a killed one
    const bytes = await store.upkeep.backUp(path)
    for (const old of surplus(readdirSync(folder), config.backupKeep)) rmSync(join(folder, old))
    if (bucket !== null) await keepAway(bucket, path, name, config.backupKeep)
    return { path, bytes }
  }
}

async function keepAway(bucket: Bucket, path: string, name: string, keep: number) {
  await bucket.put(name, path)
  for (const old of surplus(await bucket.names(), keep)) await bucket.remove(old)
}

/** All but the newest `keep` of our own files. */
const surplus = (names: readonly string[], keep: number) =>
  names
    .filter((name) => ours.test(name))
    .sort()
    .slice(0, -keep)
