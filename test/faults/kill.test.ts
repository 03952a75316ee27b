import { expect, test } from 'bun:test'
import { temporaryFolder } from '../program'
import { follow, rounds, serve, shorten, snug, totalOf, until } from './ground'

/** So many clients at once; what stops one of them is part of the test. */
const crowd = (clients: number, behave: () => Promise<void>) =>
  Promise.allSettled(Array.from({ length: clients }, behave))

test(
  'no acknowledged link is lost by kill -9, whenever it comes',
  async () => {
    using folder = temporaryFolder()
    const ledger: string[] = []
    for (let round = 0; round < rounds(8); round++) {
      const server = await serve(folder.path)
      const clients = crowd(8, async () => {
        for (;;) ledger.push(await shorten(server.origin))
      })
      await Bun.sleep(100 + 37 * (round % 7))
      await server.stop('SIGKILL')
      await clients
    }
    expect(ledger.length).toBeGreaterThan(100)
    expect(new Set(ledger).size).toBe(ledger.length)
    const server = await serve(folder.path)
    const missing: string[] = []
    for (const code of ledger) if ((await follow(server.origin, code)) !== 302) missing.push(code)
    expect(missing).toEqual([])
    await server.stop()
  },
  rounds(8) * 15_000,
)

test('at most one flush of clicks is lost by kill -9, and none is counted twice', async () => {
  using folder = temporaryFolder()
  const window = { SNUG_CLICK_FLUSH_MS: '100' }
  const first = await serve(folder.path, window)
  const code = await shorten(first.origin)
  for (let round = 0; round < 40; round++)
    await Promise.all(Array.from({ length: 10 }, () => follow(first.origin, code)))
  await until(async () => (await totalOf(first.origin, code)) === 400, 5000)
  await Promise.all(Array.from({ length: 10 }, () => follow(first.origin, code)))
  await first.stop('SIGKILL')

  const second = await serve(folder.path, window)
  const total = await totalOf(second.origin, code)
  expect(total).toBeGreaterThanOrEqual(400)
  expect(total).toBeLessThanOrEqual(410)
  await second.stop()
}, 60_000)

test('SIGTERM right after clicks loses none, and a second signal ends the process at once', async () => {
  using folder = temporaryFolder()
  const first = await serve(folder.path, { SNUG_CLICK_FLUSH_MS: '60000' })
  const code = await shorten(first.origin)
  await Promise.all(Array.from({ length: 300 }, () => follow(first.origin, code)))
  const begin = performance.now()
  expect(await first.stop()).toBe(0)
  expect(performance.now() - begin).toBeLessThan(5000)

  const second = await serve(folder.path)
  expect(await totalOf(second.origin, code)).toBe(300)
  // an open request holds the first signal's patience up
  const open = await Bun.connect({
    hostname: '127.0.0.1',
    port: Number(new URL(second.origin).port),
    socket: { data() {} },
  })
  open.write(
    'POST /api/shorten HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{',
  )
  await Bun.sleep(100)
  second.process.kill('SIGTERM')
  await Bun.sleep(100)
  second.process.kill('SIGTERM')
  const again = performance.now()
  expect(await second.process.exited).toBe(1)
  expect(performance.now() - again).toBeLessThan(1000)
  open.end()
}, 60_000)

test('a link is followed no more often than its ceiling, across 20 times kill -9', async () => {
  using folder = temporaryFolder()
  const most = 50
  const restarts = 20
  await snug(folder.path, 'account', 'create', 'ann@example.com')
  const key = (await snug(folder.path, 'key', 'create', 'ann@example.com')).out.trim()
  const first = await serve(folder.path)
  const made = await fetch(`${first.origin}/api/links`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'x-api-key': key },
    body: JSON.stringify({
      originalUrl: 'https://example.com/',
      customAlias: 'ceiling',
      maxClicks: most,
    }),
  })
  expect(made.status).toBe(201)
  await first.stop()

  let followed = 0
  for (let round = 0; round < restarts; round++) {
    const server = await serve(folder.path)
    const goal = Math.min(most, followed + 2)
    const clients = crowd(4, async () => {
      while (followed < goal) if ((await follow(server.origin, 'ceiling')) === 302) followed++
    })
    await until(async () => followed >= goal, 5000).catch(() => 'the last ones died with a server')
    await server.stop('SIGKILL')
    await clients
  }
  const last = await serve(folder.path)
  await crowd(4, async () => {
    for (let visit = 0; visit < most; visit++)
      if ((await follow(last.origin, 'ceiling')) === 302) followed++
  })
  expect(await follow(last.origin, 'ceiling')).toBe(410)
  await last.stop()
  expect(followed).toBeGreaterThan(restarts)
  expect(followed).toBeLessThanOrEqual(most)
}, 120_000)
