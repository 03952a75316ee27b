import { afterAll, beforeAll, expect, test } from 'bun:test'
import { createGzip } from 'node:zlib'
import { createBlocklist } from '../../src/core/blocklist/blocklist'
import { bodyOf, readBytes, withAnswer } from '../../src/net'
import { createPost } from '../../src/net/outbound'
import { createLists } from '../../src/safety'
import { openStore } from '../../src/store'
import { slowness } from '../pace'

const mega = 2 ** 20

/** What unpacks to so many megabytes. */
const bomb = async (megabytes: number): Promise<Uint8Array<ArrayBuffer>> => {
  const gzip = createGzip({ level: 9 })
  const packed: Uint8Array[] = []
  gzip.on('data', (chunk: Uint8Array) => packed.push(chunk))
  const ended = new Promise((resolve) => gzip.once('end', resolve))
  const zeros = Buffer.alloc(mega)
  for (let part = 0; part < megabytes; part++)
    if (!gzip.write(zeros)) await new Promise((resolve) => gzip.once('drain', resolve))
  gzip.end()
  await ended
  return Uint8Array.from(Buffer.concat(packed))
}

let asked: (string | null)[] = []
let answer: () => Response
let server: ReturnType<typeof Bun.serve>
let packed: Uint8Array<ArrayBuffer>

beforeAll(async () => {
  packed = await bomb(1024)
  server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: ({ headers }) => {
      asked.push(headers.get('accept-encoding'))
      return answer()
    },
  })
})
afterAll(() => server.stop(true))

const zipped = (encoding: string) => () =>
  new Response(packed, { headers: { 'Content-Encoding': encoding } })

/** Seconds of processor time that some work and what it leaves behind take. */
const effortOf = async (work: () => Promise<unknown>) => {
  const before = process.cpuUsage()
  await work()
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve, 10))
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

test('a webhook’s answer is not unpacked, neither while it is read nor afterwards', async () => {
  answer = zipped('gzip')
  asked = []
  const post = createPost({ resolve: async () => ['127.0.0.1'], allowPrivate: true })
  const effort = await effortOf(() =>
    Promise.all(Array.from({ length: 20 }, () => post(server.url.href, {}, '{}'))),
  )
  expect(effort).toBeLessThan(0.4 * slowness()) // unpacking their first pieces takes twice as long
  expect(asked).toEqual(Array(20).fill('identity'))
})

test('what comes packed is handed over packed', async () => {
  answer = zipped('gzip')
  const read = (answered: Response) => readBytes(answered, 2 * mega)
  const bytes = await withAnswer(server.url.href, { timeoutMs: 5000 }, read)
  expect(bytes.byteLength).toBe(packed.byteLength)
})

test('a blocklist that comes packed is unpacked up to its bound and no further', async () => {
  answer = zipped('gzip')
  using store = disposable()
  const blocklist = await createBlocklist(store.store)
  const lists = createLists({
    blocklist,
    sources: [server.url.href],
    clock: { now: () => 0 },
    log: { warning: () => {} },
  })
  const effort = await effortOf(lists.refresh)
  expect(blocklist.sources()[0]?.problem).toContain('is larger than')
  expect(effort).toBeLessThan(1.5 * slowness())
})

const disposable = () => {
  const store = openStore(':memory:')
  return { store, [Symbol.dispose]: () => void store.close() }
}

test('a list that is packed unasked is read all the same, in an unknown encoding it is refused', async () => {
  const text = Bun.gzipSync(Buffer.from('evil.example'))
  answer = () => new Response(text, { headers: { 'Content-Encoding': 'gzip' } })
  const read = () =>
    withAnswer(server.url.href, { timeoutMs: 5000 }, async (answered) =>
      Buffer.concat(await Array.fromAsync(bodyOf(answered))).toString(),
    )
  expect(await read()).toBe('evil.example')
  answer = () => new Response(text, { headers: { 'Content-Encoding': 'br' } })
  expect(read()).rejects.toThrow('answers in an encoding that was not asked for, br')
})

test.each([
  ['is too long', (endless: Response) => readBytes(endless, mega)],
  ['nobody reads', (endless: Response) => Promise.reject(new Error(`status ${endless.status}`))],
])('an answer that %s is not fetched to its end', async (_, use) => {
  const kept: Response[] = []
  const left = Promise.withResolvers<void>()
  answer = () =>
    new Response(
      new ReadableStream({
        pull: (controller) => controller.enqueue(new Uint8Array(16_384)),
        cancel: () => left.resolve(),
      }),
    )
  const read = withAnswer(server.url.href, { timeoutMs: 60_000 }, (endless) => {
    kept.push(endless) // forgotten ones may be ended by the garbage collector
    return use(endless)
  })
  expect(read).rejects.toThrow(/^(answered more than 1048576 bytes|status 200)$/)
  await left.promise
  expect(kept).toHaveLength(1)
})

test('an answer that stands still ends in time', async () => {
  const { promise: never } = Promise.withResolvers<void>()
  answer = () => new Response(new ReadableStream({ pull: () => never }))
  const read = withAnswer(server.url.href, { timeoutMs: 50 }, (still) => readBytes(still, mega))
  expect(read).rejects.toThrow('timed out')
  await read.catch(() => {})
})
