import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { temporaryFolder } from '../program'
import {
  canMount,
  follow,
  followAlways,
  hasPython,
  mounted,
  serve,
  shorten,
  snug,
  totalOf,
  until,
} from './ground'

const healthOf = async (origin: string) => (await fetch(`${origin}/health`)).status

test.skipIf(!canMount)(
  'a full disk stops no redirect; with space again all is well in 5 s',
  async () => {
    using disk = mounted('-t', 'tmpfs', '-o', 'size=4m', 'tmpfs')
    const key = await keyIn(disk.path)
    const server = await serve(disk.path)
    const code = await shorten(server.origin)
    const limited = await limitedLink(server.origin, key)
    const filler = Bun.spawnSync([
      'sh',
      '-c',
      `cat /dev/zero > ${join(disk.path, 'filler')} 2>/dev/null; true`,
    ])
    expect(filler.exitCode).toBe(0)
    let refused = 0
    for (let made = 0; made < 200 && refused < 3; made++)
      await shorten(server.origin).catch(() => refused++)
    expect(refused).toBe(3)
    expect(await follow(server.origin, limited)).toBeGreaterThanOrEqual(500)

    const stop = followAlways(server.origin, code)
    await until(async () => (await healthOf(server.origin)) === 503, 20_000)
    const { answers, wrong, p99 } = await stop()
    expect({ wrong, slow: p99 > 100 }).toEqual({ wrong: 0, slow: false })

    expect(disk.remount('size=64m')).toBe(true)
    expect(await until(async () => (await shorten(server.origin)) !== '', 5000)).toBeLessThan(5000)
    await until(async () => (await totalOf(server.origin, code)) === answers, 5000)
    await until(async () => (await healthOf(server.origin)) === 200, 3000)
    const statuses = []
    for (let visit = 0; visit < 6; visit++) statuses.push(await follow(server.origin, limited))
    expect(statuses).toEqual([302, 302, 302, 302, 302, 410])
    expect(await server.stop()).toBe(0)
  },
  90_000,
)

/** Makes a link that may be followed five times; needs an account, which is made before the server starts. */
const limitedLink = async (origin: string, key: string): Promise<string> => {
  const answer = await fetch(`${origin}/api/snug/v1/links`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-API-Key': key },
    body: JSON.stringify({ destination: 'https://example.com/', maxClicks: 5 }),
  })
  return ((await answer.json()) as { code: string }).code
}

/** Makes an account with a key. */
const keyIn = async (folder: string): Promise<string> => {
  await snug(folder, 'account', 'create', 'ann@example.com')
  return (await snug(folder, 'key', 'create', 'ann@example.com')).out.trim()
}

/** Holds the write lock of a database until told to let go. */
const holder = (path: string) => {
  const script = `
import sqlite3, sys
db = sqlite3.connect(${JSON.stringify(path)}, isolation_level=None, timeout=20)
db.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
db.execute("ROLLBACK")
`
  return Bun.spawn(['python3', '-c', script], { stdin: 'pipe', stdout: 'pipe', stderr: 'inherit' })
}

test.skipIf(!hasPython)(
  'another process that holds the write lock stops no redirect',
  async () => {
    using folder = temporaryFolder()
    const server = await serve(folder.path)
    const code = await shorten(server.origin)
    const other = holder(join(folder.path, 'snug.db'))
    await other.stdout.getReader().read() // it has the lock; its output stays open

    const stop = followAlways(server.origin, code)
    const begin = performance.now()
    const refusal = await shorten(server.origin).catch((error: Error) => error.message)
    expect(refusal).toStartWith('not made: 5')
    expect(performance.now() - begin).toBeLessThan(8000)
    await until(async () => (await healthOf(server.origin)) === 503, 20_000)
    const { answers, wrong, p99 } = await stop()
    expect({ wrong, slow: p99 > 100 }).toEqual({ wrong: 0, slow: false })

    other.stdin.end()
    await other.exited
    expect(await until(async () => (await shorten(server.origin)) !== '', 5000)).toBeLessThan(5000)
    await until(async () => (await totalOf(server.origin, code)) === answers, 5000)
    await until(async () => (await healthOf(server.origin)) === 200, 3000)
    expect(await follow(server.origin, code)).toBe(302)
    expect(await server.stop()).toBe(0)
  },
  90_000,
)
