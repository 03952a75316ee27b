import { afterEach, expect, test } from 'bun:test'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createBlocklist } from '../../src/core/blocklist/blocklist'
import { createLists } from '../../src/safety'
import { linesOf } from '../../src/safety/lines'
import { openStore } from '../../src/store'
import { temporaryFolder } from '../program'

const hour = 3_600_000
const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

const setUp = async (...sources: string[]) => {
  const time = { now: 0 }
  const store = openStore(':memory:')
  stops.push(() => store.close())
  const said: string[] = []
  const blocklist = await createBlocklist(store)
  const lists = createLists({
    blocklist,
    sources,
    clock: { now: () => time.now },
    log: { warning: (message, properties) => said.push(message + JSON.stringify(properties)) },
  })
  return { time, blocklist, lists, said, blocks: (url: string) => blocklist.isListed(url) }
}

const serve = (answer: (path: string) => Response | Promise<Response>) => {
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: (request) => answer(new URL(request.url).pathname),
  })
  stops.push(() => server.stop(true))
  return server.url.origin
}

test('files are read at the start and again when they change', async () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'hosts')
  writeFileSync(path, '# bad\r\n0.0.0.0 evil.example\r\n0.0.0.0 worse.example')
  const { lists, blocklist, blocks } = await setUp(path)
  await lists.start()
  for (const url of ['http://evil.example/', 'https://a.evil.example/x', 'http://worse.example'])
    expect(blocks(url)).toBe(true)
  for (const url of ['http://example/', 'http://notevil.example/', 'http://evil.example.org/'])
    expect(blocks(url)).toBe(false)
  expect(blocklist.sources()).toMatchObject([{ source: path, entries: 2, problem: null }])

  writeFileSync(path, 'https://fine.example/bad/page\n')
  await lists.refresh()
  expect(blocks('http://evil.example/')).toBe(false)
  expect(blocks('http://fine.example/bad/page')).toBe(true)
  expect(blocks('http://fine.example/good/page')).toBe(false)
})

test('a list that can’t be read keeps its earlier state and says so', async () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'hosts')
  writeFileSync(path, 'evil.example')
  const { lists, blocklist, blocks, said } = await setUp(path)
  await lists.start()
  rmSync(path)
  await lists.refresh()
  expect(blocks('http://evil.example/')).toBe(true)
  expect(said).toHaveLength(1)
  expect(said[0]).toContain('can’t be read')
  expect(blocklist.sources()[0]).toMatchObject({ entries: 1, problem: expect.any(String) })
  writeFileSync(path, 'other.example')
  await lists.refresh()
  expect(blocklist.sources()[0]).toMatchObject({ entries: 1, problem: null })
  expect(blocks('http://evil.example/')).toBe(false)
})

test('URLs are fetched every six hours, over a few redirects', async () => {
  let asked = 0
  const origin = serve((path) => {
    if (path === '/list') return Response.redirect('/moved', 302)
    asked++
    return new Response(`evil${asked}.example`)
  })
  const { lists, time, blocks } = await setUp(`${origin}/list`)
  await lists.refresh()
  expect(blocks('http://evil1.example/')).toBe(true)
  time.now = 5 * hour
  await lists.refresh()
  expect(asked).toBe(1)
  time.now = 6 * hour
  await lists.refresh()
  expect([asked, blocks('http://evil1.example/'), blocks('http://evil2.example/')]).toEqual([
    2,
    false,
    true,
  ])
})

test.each([
  ['answers with 503', () => new Response('evil.example', { status: 503 })],
  ['redirects too often', () => Response.redirect('/again', 302)],
  [
    'no web address',
    () => new Response(null, { status: 302, headers: { Location: 'file:///etc/hosts' } }),
  ],
])('a fetched list that %s is not taken, and is asked for again', async (why, answer) => {
  let broken = true
  const origin = serve(() => (broken ? answer() : new Response('evil.example')))
  const { lists, blocklist, blocks } = await setUp(`${origin}/list`)
  await lists.refresh()
  expect(blocklist.sources()[0]?.problem).toContain(why)
  expect(blocks('http://evil.example/')).toBe(false)
  broken = false
  await lists.refresh()
  expect(blocks('http://evil.example/')).toBe(true)
})

test('nobody waits for what has to be fetched', async () => {
  const { promise, resolve } = Promise.withResolvers<Response>()
  const origin = serve(() => promise)
  const { lists, blocklist, blocks } = await setUp(`${origin}/list`)
  await lists.start()
  expect(blocks('http://evil.example/')).toBe(false)
  resolve(new Response('evil.example'))
  while (blocklist.sources()[0]?.readAt === null) await Bun.sleep(1)
  expect(blocks('http://evil.example/')).toBe(true)
})

test('lines are put together from any chunks, endless ones cut, and too many bytes refused', async () => {
  async function* chunks(...texts: string[]) {
    for (const text of texts) yield new TextEncoder().encode(text)
  }
  const all = async (bytes: AsyncIterable<Uint8Array>, most?: number) =>
    Array.fromAsync(linesOf(bytes, most))
  expect(await all(chunks('a\nb', 'c\n', '\nd'))).toEqual(['a', 'bc', '', 'd'])
  const long = 'x'.repeat(5000)
  expect(await all(chunks(long, long, 'y\nz'))).toEqual([`${'x'.repeat(4097)}y`, 'z'])
  expect(all(chunks('12345', '6'), 5)).rejects.toThrow('is larger than 5 bytes')
})
