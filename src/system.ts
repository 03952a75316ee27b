/** How the program is doing, for its administrators: figures, and a copy of the database. */
import { closeSync, openSync, read, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { version } from '../package.json'
import type { SystemStatus } from './api'
import type { Clicks } from './clicks'
import type { Config } from './config'
import type { Clock, Core } from './core'
import type { ProxyTrust } from './net'
import type { Store } from './store'

type Needs = {
  core: Core
  store: Store
  clicks: Clicks
  client: ProxyTrust
  clock: Clock
  config: Config
  healthy: () => boolean
}

/** The system page's figures and the backup, both for administrators only. */
export const createSystem = (needs: Needs) => {
  const { core, clock } = needs
  const startedAt = clock.now()
  const copy = copies(needs)
  return {
    figures: core.admin.asAdmin(() => figuresOf(needs, startedAt)),
    backUp: core.admin.asAdmin(copy),
  }
}

const figuresOf = (needs: Needs, startedAt: number): SystemStatus => {
  const { store, clicks, client, clock, config, healthy } = needs
  const { database, log } = store.upkeep.sizes()
  const { waiting, dropped, stored, failingSince } = clicks.figures()
  return {
    version,
    runtime: `Bun ${Bun.version}, ${process.platform} ${process.arch}`,
    startedAt: new Date(startedAt),
    uptimeSeconds: Math.floor((clock.now() - startedAt) / 1000),
    healthy: healthy(),
    memoryBytes: process.memoryUsage.rss(),
    database: { folder: config.dataDir, bytes: database, logBytes: log },
    clicks: { waiting, dropped, stored, storing: failingSince === null },
    countryData: clicks.countryData,
    limitsEnforced: config.rateLimits,
    proxies: { trusted: [...config.trustedProxies], untrusted: client.untrusted() },
  }
}

/** Makes copies one after the other under one name: a crash leaves at most one behind. */
const copies = ({ store, config }: Needs) => {
  const path = join(config.dataDir, 'backup-download.db')
  let last: Promise<unknown> = Promise.resolve()
  async function make() {
    try {
      await store.upkeep.backUp(path)
      return bytesOf(openSync(path, 'r'))
    } finally {
      rmSync(path, { force: true })
    }
  }
  return (): ReturnType<typeof make> => {
    const next = last.then(make)
    last = next.catch(() => {})
    return next
  }
}

const readSome = promisify(read)
const chunkBytes = 256 * 1024

/** The bytes of an open file, which is closed at their end or when nobody wants more. */
const bytesOf = (file: number): ReadableStream<Uint8Array> =>
  new ReadableStream({
    async pull(stream) {
      const chunk = new Uint8Array(chunkBytes)
      const { bytesRead } = await readSome(file, chunk, 0, chunkBytes, null)
      if (bytesRead > 0) return stream.enqueue(chunk.subarray(0, bytesRead))
      closeSync(file)
      stream.close()
    },
    cancel: () => closeSync(file),
  })
