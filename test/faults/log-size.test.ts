import { expect, test } from 'bun:test'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { createApp } from '../../src/app'
import { createLink } from '../../src/core'
import { openStore } from '../../src/store'
import { callerOf } from '../callers'
import { temporaryFolder } from '../program'
import { configOf } from '../world'

const bound = 16 * 2 ** 20

test('the write-ahead log stays small through 50,000 creations and 200,000 clicks', async () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'snug.db')
  const store = openStore(path, { serving: true })
  const silent = { debug() {}, info() {}, warning() {}, error() {} }
  const app = await createApp({
    config: configOf({ SNUG_RATE_LIMITS: 'off', SNUG_DATA_DIR: folder.path }),
    store,
    clock: { now: Date.now, monotonic: () => performance.now() },
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
    secret: 'the secret of a test',
    log: silent,
    peerOf: () => '127.0.0.1',
  })
  const now = new Date()
  const account = await store.accounts.insert({
    kind: 'user',
    plan: 'enterprise',
    email: 'a@example.com',
    createdAt: now,
    updatedAt: now,
  })
  const caller = callerOf(account)
  let largest = 0
  const look = () => {
    largest = Math.max(largest, statSync(`${path}-wal`).size)
  }
  const codes: string[] = []
  while (codes.length < 50_000) {
    const draft = { destination: `https://example.com/${codes.length}` }
    const made = Array.from({ length: 250 }, () => createLink(app.core, caller, draft))
    for (const { code } of await Promise.all(made)) codes.push(code)
    look()
  }
  for (let clicked = 0; clicked < 200_000; ) {
    for (let visit = 0; visit < 2000; visit++, clicked++)
      await app.server.handle(
        new Request(`http://localhost/${codes[clicked % 5000]}`, {
          headers: { 'User-Agent': `Mozilla/5.0 ${visit}` },
        }),
      )
    await app.clicks.drain()
    look()
  }
  expect(largest).toBeLessThanOrEqual(bound)
  expect(largest).toBeGreaterThan(0)
  await app.close()
}, 180_000)
