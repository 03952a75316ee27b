import { expect, test } from 'bun:test'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '../program'
import { follow, serve, shorten, snug } from './ground'

const library = [
  `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/faketime/libfaketime.so.1`,
].find(existsSync)

test.skipIf(library === undefined)(
  'jumps of the clock neither crash, lock out nor open',
  async () => {
    using folder = temporaryFolder()
    const clock = join(folder.path, 'clock')
    const set = (offset: string) => writeFileSync(clock, `${offset}\n`)
    set('+0')
    const data = join(folder.path, 'data')
    const server = await serve(data, {
      LD_PRELOAD: library ?? '',
      FAKETIME_TIMESTAMP_FILE: clock,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      SNUG_RATE_LIMITS: 'on',
    })
    const day = async () => {
      const { headers } = await fetch(`${server.origin}/health`)
      return Date.parse(headers.get('date') ?? '')
    }
    const code = await shorten(server.origin)
    const { Database } = await import('bun:sqlite')
    const sqlite = new Database(join(data, 'snug.db'))
    sqlite.run('PRAGMA busy_timeout = 2000')
    const inADay = Date.now() + 86_400_000
    sqlite.run(
      `INSERT INTO links (code, destination, owner_id, expires_at, created_at, updated_at)
    SELECT 'expiring', destination, owner_id, ${inADay}, created_at, updated_at FROM links LIMIT 1`,
    )
    sqlite.close()
    const real = await day()
    for (const [offset, expiring] of [
      ['+3d', 410],
      ['-3d', 302],
      ['+0', 302],
    ] as const) {
      set(offset)
      expect(await follow(server.origin, 'expiring')).toBe(expiring)
      expect(await follow(server.origin, code)).toBe(302)
      expect(await shorten(server.origin)).toBeString() // the limits go by the other clock
    }
    expect(Math.abs((await day()) - real)).toBeLessThan(60_000)
    expect(await server.stop()).toBe(0)
    expect((await snug(data, 'verify', join(data, 'snug.db'))).code).toBe(0)
  },
  60_000,
)
