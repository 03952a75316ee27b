import { afterAll, expect, test } from 'bun:test'
import { createPost, isPublic } from '../../src/net/outbound'

const seen: { host: string | null; path: string }[] = []
const server = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  fetch: async (request) => {
    const path = new URL(request.url).pathname
    seen.push({ host: request.headers.get('host'), path })
    if (path === '/away') return Response.redirect('/elsewhere', 302)
    if (path === '/slow') await Bun.sleep(5000)
    if (path === '/endless') return new Response(endless())
    return new Response('fine')
  },
})
afterAll(() => server.stop(true))

const endless = () =>
  new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(16_384)),
  })

const at = (host: string, path = '/') => `http://${host}:${server.port}${path}`
const loopback = async () => ['127.0.0.1']

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '::1',
  'fd00::1',
  'fe80::1',
  '::ffff:10.0.0.1',
  '64:ff9b::a00:1',
  '2002:a00:1::',
  '224.0.0.1',
])('%s is not public', (address) => expect(isPublic(address)).toBe(false))

test.each(['93.184.216.34', '2606:2800:220:1::1'])('%s is public', (address) =>
  expect(isPublic(address)).toBe(true),
)

test.each([
  ['a name that leads there', 'hooks.example', loopback],
  [
    'a name with one public address among them',
    'hooks.example',
    async () => ['93.184.216.34', '10.0.0.1'],
  ],
  ['the address itself', '127.0.0.1', async () => []],
  ['the address in another spelling', '2130706433', async () => []],
  ['the address in IPv6', '[::ffff:127.0.0.1]', async () => []],
])('a private network is refused: %s', async (_, host, resolve) => {
  const before = seen.length
  const { status, problem } = await createPost({ resolve, allowPrivate: false })(at(host), {}, '{}')
  expect({ status, problem }).toEqual({
    status: null,
    problem: expect.stringContaining('private network'),
  })
  expect(seen.length).toBe(before)
})

test('an administrator may allow it; then the resolved address is connected to, under its own name', async () => {
  const post = createPost({ resolve: loopback, allowPrivate: true })
  expect(await post(at('hooks.example', '/in'), {}, '{}')).toEqual({ status: 200, problem: null })
  expect(seen.at(-1)).toEqual({ host: `hooks.example:${server.port}`, path: '/in' })
})

test('redirects are not followed', async () => {
  const before = seen.length
  const post = createPost({ resolve: loopback, allowPrivate: true })
  expect(await post(at('hooks.example', '/away'), {}, '{}')).toEqual({
    status: 302,
    problem: 'answered 302',
  })
  expect(seen.length).toBe(before + 1)
})

test('slow answers and slow names end in time, endless answers are cut off', async () => {
  const never = () => new Promise<string[]>(() => {})
  const quick = { allowPrivate: true, timeoutMs: 200 }
  const begin = performance.now()
  expect(
    (await createPost({ ...quick, resolve: loopback })(at('h.example', '/slow'), {}, '{}')).problem,
  ).toContain('timed out')
  expect(
    (await createPost({ ...quick, resolve: never })(at('h.example'), {}, '{}')).problem,
  ).toContain('in time')
  expect(
    (
      await createPost({ allowPrivate: true, resolve: loopback })(
        at('h.example', '/endless'),
        {},
        '{}',
      )
    ).status,
  ).toBe(200)
  expect(performance.now() - begin).toBeLessThan(4000)
})

test('a host without an address, and one that is not there, are plain failures', async () => {
  const post = createPost({ resolve: async () => [], allowPrivate: true })
  expect(await post('http://gone.example/', {}, '{}')).toEqual({
    status: null,
    problem: 'the host has no address',
  })
  expect((await post('http://127.0.0.1:9/', {}, '{}')).status).toBeNull()
})
