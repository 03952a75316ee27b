import { afterEach, expect, test } from 'bun:test'
import { createSafeBrowsing } from '../../src/safety'
import { createWorld } from '../world'

const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

const evil = 'https://evil.example/'
const threat = {
  matches: [{ threatType: 'MALWARE', threat: { url: evil }, cacheDuration: '60.5s' }],
}

/** A double of the documented API; `answer` is what it says. */
const setUp = (answer: () => Response | Promise<Response>) => {
  const asked: { path: string; key: string | null; body: unknown }[] = []
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: async (request) => {
      const { pathname, searchParams } = new URL(request.url)
      asked.push({ path: pathname, key: searchParams.get('key'), body: await request.json() })
      return answer()
    },
  })
  stops.push(() => server.stop(true))
  const time = { now: 0 }
  const said: string[] = []
  const isUnsafe = createSafeBrowsing({
    key: 'a secret key',
    version: '1.2.3',
    base: server.url.origin,
    clock: { now: () => time.now, monotonic: () => time.now },
    log: { warning: (message, properties) => said.push(message + JSON.stringify(properties)) },
  })
  return { asked, isUnsafe, said, time }
}

test('it asks as documented', async () => {
  const { asked, isUnsafe } = setUp(() => Response.json({}))
  expect(await isUnsafe('https://fine.example/x')).toBe(false)
  expect(asked).toEqual([
    {
      path: '/v4/threatMatches:find',
      key: 'a secret key',
      body: {
        client: { clientId: 'snug', clientVersion: '1.2.3' },
        threatInfo: {
          threatTypes: ['MALWARE', 'SOCIAL_ENGINEERING', 'UNWANTED_SOFTWARE'],
          platformTypes: ['ANY_PLATFORM'],
          threatEntryTypes: ['URL'],
          threatEntries: [{ url: 'https://fine.example/x' }],
        },
      },
    },
  ])
})

test('an unsafe address is remembered for as long as Google says', async () => {
  const { asked, isUnsafe, time } = setUp(() => Response.json(threat))
  expect(await isUnsafe(evil)).toBe(true)
  time.now = 60_499
  expect(await isUnsafe(evil)).toBe(true)
  expect(asked).toHaveLength(1)
  time.now = 60_500
  expect(await isUnsafe(evil)).toBe(true)
  expect(asked).toHaveLength(2)
})

test.each([
  ['an error', () => new Response('no', { status: 400 })],
  ['nonsense', () => new Response('<html>')],
  ['a redirect', () => Response.redirect('http://127.0.0.1/elsewhere')],
  ['silence', () => new Promise<Response>(() => {})],
])('it fails open on %s, says so without the key or the address, and pauses', async (_, answer) => {
  const { asked, isUnsafe, said, time } = setUp(answer)
  expect(await isUnsafe('https://evil.example/private')).toBe(false)
  expect(await isUnsafe('https://evil.example/private')).toBe(false)
  expect(asked).toHaveLength(1)
  expect(said).toHaveLength(1)
  expect(said[0]).not.toMatch(/secret key|private/)
  time.now = 30_000
  expect(await isUnsafe('https://evil.example/private')).toBe(false)
  expect(asked).toHaveLength(2)
})

test('many at once are few questions, and one line when nobody answers', async () => {
  let up = true
  const { asked, isUnsafe, said } = setUp(() =>
    up ? Response.json(threat) : new Response('', { status: 500 }),
  )
  const urls = Array.from({ length: 1000 }, (_, number) => `https://fine.example/${number}`)
  const answers = await Promise.all([...urls, evil].map(isUnsafe))
  expect(answers.filter(Boolean)).toHaveLength(1)
  expect(answers.at(-1)).toBe(true)
  expect(asked).toHaveLength(3)
  up = false
  expect((await Promise.all(urls.map(isUnsafe))).some(Boolean)).toBe(false)
  expect(asked).toHaveLength(5)
  expect(said).toHaveLength(1)
})

test('without a key nobody is asked', async () => {
  const clock = { now: () => 0, monotonic: () => 0 }
  const isUnsafe = createSafeBrowsing({
    key: null,
    version: '1',
    base: 'http://127.0.0.1:1',
    clock,
    log: { warning: (message) => expect(message).toBe('') },
  })
  expect(await isUnsafe(evil)).toBe(false)
})

test('what it finds unsafe can’t be shortened', async () => {
  const { isUnsafe } = setUp(() => Response.json(threat))
  const world = await createWorld({}, { isUnsafe })
  stops.push(world.close)
  const answer = await world.send({
    path: '/api/shorten',
    body: { url: evil },
  })
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ message: 'This URL was flagged as unsafe' })
})
