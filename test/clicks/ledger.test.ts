import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createApp } from '../../src/app'
import { type Dimension, openStore, type Query } from '../../src/store'
import { temporaryFolder } from '../program'
import { configOf, seededRandom } from '../world'

/** Known agents with what must be read from them. */
const agents = [
  {
    header:
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    browser: 'Chrome',
    os: 'Windows',
    device: 'desktop',
    bot: null,
  },
  {
    header:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1',
    browser: 'Mobile Safari',
    os: 'iOS',
    device: 'mobile',
    bot: null,
  },
  {
    header: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
    browser: 'Firefox',
    os: 'Linux',
    device: 'desktop',
    bot: null,
  },
  {
    header:
      'Mozilla/5.0 (iPad; CPU OS 16_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.0 Safari/604.1',
    browser: 'Safari',
    os: 'iOS',
    device: 'tablet',
    bot: null,
  },
  {
    header: 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
    browser: 'Unknown',
    os: 'Unknown',
    device: 'bot',
    bot: 'facebookexternalhit',
  },
  {
    header: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    browser: 'Unknown',
    os: 'Unknown',
    device: 'bot',
    bot: 'Googlebot',
  },
  {
    header: `Mozilla/5.0 (${'x'.repeat(50_000)})`,
    browser: 'Unknown',
    os: 'Unknown',
    device: 'unknown',
    bot: null,
  },
] as const

/** Addresses of countries that have held them for decades, and some of nowhere. */
const places = [
  { address: '8.8.8.8', country: 'US' },
  { address: '193.99.144.80', country: 'DE' },
  { address: '133.11.0.1', country: 'JP' },
  { address: '2001:67c:2e8:22::c100:68b', country: 'NL' },
  { address: '10.20.30.40', country: 'XX' },
] as const

const referrers = [
  { header: null, origin: 'Direct', domain: 'Direct' },
  {
    header: 'https://news.example.co.uk/a/secret-path?q=1',
    origin: 'https://news.example.co.uk',
    domain: 'example.co.uk',
  },
  {
    header: 'https://m.example.co.uk/',
    origin: 'https://m.example.co.uk',
    domain: 'example.co.uk',
  },
  {
    header: 'android-app://com.google.android.gm/',
    origin: 'android-app://com.google.android.gm',
    domain: 'com.google.android.gm',
  },
  { header: '\u00ff\u00fe\u0080 no address', origin: 'Direct', domain: 'Direct' },
] as const

const languages = [
  { header: 'de-AT,de;q=0.8', language: 'de' },
  { header: 'en;q=0.4,fr-CA', language: 'fr' },
  { header: null, language: 'Unknown' },
  { header: '*;;;q=x', language: 'Unknown' },
] as const

const total = 10_000
const codes = ['alpha', 'beta', 'gamma']
const begin = Date.parse('2026-03-09T20:00:00.000Z')

const bytes = seededRandom(3)
const pick = <T>(values: readonly T[]): T => values[(bytes(1)[0] ?? 0) % values.length] as T

/** One scripted visit and what must be counted of it. */
const visits = Array.from({ length: total }, (_, n) => ({
  at: begin + n * 5000, // almost 14 hours, over midnight
  code: pick(codes),
  agent: pick(agents),
  place: pick(places),
  referrer: pick(referrers),
  language: pick(languages),
  untracked: n % 20 === 0,
  prefetch: n % 33 === 0,
  head: n % 50 === 7,
}))
type Visit = (typeof visits)[number]

const counted = visits.filter(({ head }) => !head)

/** What the ledger says of a visit: its value in each dimension. */
const told = ({ agent, place, referrer, language, untracked, prefetch }: Visit) => {
  const bot = agent.bot ?? (prefetch ? 'Prefetch' : null)
  const device = bot === null ? agent.device : 'bot'
  const nothing = { country: 'XX', browser: 'Unknown', os: 'Unknown', language: 'Unknown' }
  if (untracked)
    return {
      ...nothing,
      device: bot === null ? 'unknown' : 'bot',
      referrer: 'Direct',
      referrerDomain: 'Direct',
      bot,
    }
  const { browser, os } = agent
  return {
    browser,
    os,
    device,
    bot,
    country: place.country,
    language: language.language,
    referrer: referrer.origin,
    referrerDomain: referrer.domain,
  }
}

const ledger = (by: Dimension, some: readonly Visit[]) =>
  [...Map.groupBy(some, (visit) => told(visit)[by])]
    .flatMap(([value, { length }]) => (value === null ? [] : [{ value, clicks: length }]))
    .sort((a, b) => b.clicks - a.clicks || (a.value < b.value ? -1 : 1))

/** People are told apart by address and agent, a day and a link at a time. */
const visitorsOf = (some: readonly Visit[]) =>
  new Set(
    some
      .filter((visit) => !visit.untracked && told(visit).bot === null)
      .map(({ at, code, place, agent }) =>
        [Math.floor(at / 86_400_000), code, place.address, agent.header].join(),
      ),
  ).size

const folder = temporaryFolder()
const lines: string[] = []
const ids = new Map<string, number>()
let program: Awaited<ReturnType<typeof start>>

const start = async () => {
  const clock = { wall: begin, now: () => clock.wall, monotonic: () => clock.wall - begin }
  const note = (message: string, properties = {}) => {
    lines.push(`${message} ${JSON.stringify(properties)}`)
  }
  const store = openStore(join(folder.path, 'snug.db'))
  const app = await createApp({
    config: configOf({ SNUG_TRUSTED_PROXIES: 'loopback', SNUG_LOG_LEVEL: 'debug' }),
    log: { debug: note, info: note, warning: note, error: note },
    store,
    clock,
    random: seededRandom(1),
    secret: 'the secret of a test',
    peerOf: () => '127.0.0.1',
  })
  return { clock, store, app }
}

const requestOf = ({
  code,
  agent,
  place,
  referrer,
  language,
  untracked,
  prefetch,
  head,
}: Visit) => {
  const headers = new Headers({ Host: 'go.example', 'X-Forwarded-For': place.address })
  headers.set('User-Agent', agent.header)
  if (referrer.header !== null) headers.set('Referer', referrer.header)
  if (language.header !== null) headers.set('Accept-Language', language.header)
  if (untracked) headers.set('DNT', '1')
  if (prefetch) headers.set('Sec-Purpose', 'prefetch;prerender')
  return new Request(`http://localhost/${code}`, { method: head ? 'HEAD' : 'GET', headers })
}

beforeAll(async () => {
  program = await start()
  const { app, store, clock } = program
  const at = new Date(begin)
  const { id: ownerId } = await store.accounts.insert({
    kind: 'user',
    plan: 'pro',
    createdAt: at,
    updatedAt: at,
  })
  for (const code of codes) {
    const link = await store.links.insert({
      code,
      ownerId,
      destination: 'https://example.com/',
      createdAt: at,
      updatedAt: at,
    })
    ids.set(code, link?.id ?? 0)
  }
  for (const [n, visit] of visits.entries()) {
    clock.wall = visit.at
    expect((await app.server.handle(requestOf(visit))).status).toBe(302)
    if (n % 1500 === 0) await app.clicks.drain()
  }
  await app.clicks.drain()
}, 60_000)

afterAll(async () => {
  await program.app.close()
  folder[Symbol.dispose]()
})

const ask = async (question: Query) => (await program.store.ask([question]))[0] as unknown

describe('10,000 scripted visits are counted as the ledger has them', () => {
  const dimensions: Dimension[] = [
    ...([
      'country',
      'browser',
      'os',
      'device',
      'language',
      'bot',
      'referrer',
      'referrerDomain',
    ] as const),
  ]
  for (const by of dimensions)
    test(`by ${by}, of all links and of each`, async () => {
      const all = { ask: 'breakdown', filter: { scope: 'all' }, by, limit: 100 } as const
      expect(await ask(all)).toEqual(ledger(by, counted))
      for (const [code, id] of ids)
        expect(await ask({ ...all, filter: { scope: { links: [id] } } })).toEqual(
          ledger(
            by,
            counted.filter((visit) => visit.code === code),
          ),
        )
    })

  test('in clicks, visitors and bots, in all and by day', async () => {
    const [totals, series] = await program.store.ask([
      { ask: 'totals', filter: { scope: 'all' } },
      { ask: 'series', filter: { scope: 'all' }, step: 'day', offsetMinutes: 0 },
    ])
    expect(totals).toMatchObject({
      clicks: counted.length,
      visitors: visitorsOf(counted),
      bots: counted.filter((visit) => told(visit).bot !== null).length,
      lastAt: counted.at(-1)?.at ?? null,
    })
    const days = Map.groupBy(counted, ({ at }) => at - (at % 86_400_000))
    expect(series).toEqual(
      [...days].map(([start, some]) => ({
        start,
        clicks: some.length,
        visitors: visitorsOf(some),
      })),
    )
    expect(series).toHaveLength(2)
  })
})

test('of no visit an address, a path or a whole agent is left anywhere: in the data folder, or in the log', () => {
  const files = readdirSync(folder.path).map((name) => readFileSync(join(folder.path, name)))
  expect(files.length).toBeGreaterThan(1) // the write-ahead log is among them
  const forbidden = [
    ...places.map(({ address }) => address),
    ...agents.filter(({ bot }) => bot === null).map(({ header }) => header.slice(0, 60)),
    'secret-path',
    'x'.repeat(600),
  ]
  for (const text of forbidden) {
    const raw = Buffer.from(text)
    for (const file of files)
      expect({ text, found: file.includes(raw) }).toEqual({ text, found: false })
    expect(lines.join('\n')).not.toContain(text)
  }
})
