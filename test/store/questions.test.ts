import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import {
  dimensions,
  type Filter,
  type LoggedClick,
  type NewClick,
  openStore,
  type Store,
} from '../../src/store'
import { seededRandom } from '../world'
import { type KnownLink, oracle } from './oracle'

const day = 86_400_000
const begin = Date.parse('2026-02-20T00:00:00Z')
const days = 24

const known: KnownLink[] = [
  { id: 1, ownerId: 1, boundTo: null, deleted: false },
  { id: 2, ownerId: 1, boundTo: 2, deleted: false },
  { id: 3, ownerId: 2, boundTo: 2, deleted: false },
  { id: 4, ownerId: 1, boundTo: null, deleted: true },
  { id: 5, ownerId: 2, boundTo: 1, deleted: false },
  { id: 6, ownerId: 2, boundTo: null, deleted: false },
]

const bytes = seededRandom(7)
const below = (n: number) => ((bytes(1)[0] ?? 0) * 256 + (bytes(1)[0] ?? 0)) % n
const pick = <T>(values: readonly T[]): T => values[below(values.length)] as T

const origins = [
  { origin: 'Direct', domain: 'Direct' },
  { origin: 'https://a.example.org', domain: 'example.org' },
  { origin: 'https://b.example.org', domain: 'example.org' },
  { origin: 'https://example.org', domain: 'example.org' },
  { origin: 'https://news.example', domain: 'news.example' },
]

const words = {
  country: ['DE', 'US', 'XX'],
  browser: ['Chrome', 'Firefox', 'Unknown'],
  os: ['Linux', 'Windows', 'Unknown'],
  language: ['de', 'en', 'Unknown'],
}

const makeClick = (): NewClick => {
  const bot = below(5) === 0 ? pick(['Googlebot', 'Twitterbot']) : null
  // a few moments are hit again and again, midnights among them
  const at = begin + (below(4) === 0 ? below(days) * day : below(days) * day + below(1440) * 60_000)
  const person = 1 + below(9)
  return {
    linkId: pick([1, 1, 1, 1, 2, 2, 3, 4, 5, 6]),
    at,
    redirectUs: below(400),
    bot,
    country: pick(words.country),
    browser: pick(words.browser),
    os: pick(words.os),
    language: pick(words.language),
    referrer: pick(origins),
    device: bot === null ? pick(['desktop', 'mobile', 'tablet']) : 'bot',
    visitor:
      bot !== null || below(6) === 0
        ? null
        : new Uint8Array(8).fill(person).fill(Math.floor(at / day) % 256, 4),
  }
}

const clicks = Array.from({ length: 2500 }, makeClick)
const right = oracle(clicks, known)
let store: Store

beforeAll(async () => {
  store = openStore(':memory:')
  const at = new Date(begin)
  for (const _ of [1, 2])
    await store.accounts.insert({ kind: 'user', plan: 'pro', createdAt: at, updatedAt: at })
  for (const { id, ownerId, boundTo, deleted } of known)
    await store.links.insert({
      id,
      ownerId,
      boundTo,
      code: `code${id}`,
      destination: 'https://example.com/',
      createdAt: at,
      updatedAt: at,
      deletedAt: deleted ? at : null,
    })
  for (let done = 0; done < clicks.length; done += 100)
    await store.clicks.append(clicks.slice(done, done + 100))
})
afterAll(() => store.close())

const moment = fc.oneof(
  fc.integer({ min: -2, max: days + 2 }).map((n) => begin + n * day),
  fc.integer({ min: -day, max: (days + 1) * day }).map((ms) => begin + ms),
)
const optional = <T>(key: string, value: fc.Arbitrary<T>) =>
  fc.option(value, { nil: undefined }).map((found) => (found === undefined ? {} : { [key]: found }))
const merged = (...parts: fc.Arbitrary<object>[]) =>
  fc.tuple(...parts).map((found) => Object.assign({}, ...found))

const scope = fc.oneof(
  fc.subarray([1, 2, 3, 4, 5, 6, 99]).map((links) => ({ links })),
  fc.constantFrom({ links: [1] }, { account: 1 }, { account: 2 }, { account: 3 }, 'all' as const),
)
const where = merged(
  optional('country', fc.constantFrom('DE', 'US', 'ZZ')),
  optional('browser', fc.constantFrom('Chrome', 'Unknown')),
  optional('os', fc.constantFrom('Linux')),
  optional('device', fc.constantFrom('bot', 'mobile')),
  optional('referrer', fc.constantFrom('https://a.example.org', 'Direct')),
  optional('referrerDomain', fc.constantFrom('example.org')),
  optional('language', fc.constantFrom('de')),
  optional('bot', fc.constantFrom('Googlebot')),
)
const plain = merged(
  scope.map((scope) => ({ scope })),
  optional('from', moment),
  optional('to', moment),
) as fc.Arbitrary<Filter>
const filter = fc.oneof(
  plain,
  merged(plain, optional('bots', fc.constantFrom('only', 'none')), optional('where', where)),
) as fc.Arbitrary<Filter>

const offset = fc.constantFrom(0, 0, 120, -300, 345, 840, -720, 1440)
const step = fc.constantFrom('hour', 'day', 'week', 'month' as const)

const holds = <T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => Promise<void>) =>
  fc.assert(fc.asyncProperty(arbitrary, check), { numRuns: 150 })

describe('whatever is asked, kept counts and quick ways say what plain counting says:', () => {
  test('totals', () =>
    holds(filter, async (filter) => {
      const [totals] = await store.ask([{ ask: 'totals', filter }])
      expect(totals).toEqual(right.totals(filter))
    }))

  test('time lines', () =>
    holds(fc.tuple(filter, step, offset), async ([filter, step, offsetMinutes]) => {
      const [series] = await store.ask([{ ask: 'series', filter, step, offsetMinutes }])
      expect(series).toEqual(right.series(filter, step, offsetMinutes))
    }))

  test('breakdowns by every dimension', () =>
    holds(
      fc.tuple(
        filter,
        fc.constantFrom(...(Object.keys(dimensions) as (keyof typeof dimensions)[])),
      ),
      async ([filter, by]) => {
        const [shares] = await store.ask([{ ask: 'breakdown', filter, by, limit: 4 }])
        expect(shares).toEqual(right.breakdown(filter, by, 4))
      },
    ))

  test('hours of the day', () =>
    holds(fc.tuple(filter, offset), async ([filter, offsetMinutes]) => {
      const [hours] = await store.ask([{ ask: 'hours', filter, offsetMinutes }])
      expect(hours).toEqual(right.hours(filter, offsetMinutes))
    }))

  test('top links', () =>
    holds(filter, async (filter) => {
      const [top] = await store.ask([{ ask: 'topLinks', filter, limit: 3 }])
      expect(top).toEqual(right.topLinks(filter, 3))
    }))

  test('the newest clicks, page by page', () =>
    holds(
      fc.tuple(filter, fc.integer({ min: 1, max: 60 }), fc.constantFrom(0, 0, 7, 200)),
      async ([filter, limit, offset]) => {
        const [recent] = await store.ask([{ ask: 'recent', filter, limit, offset }])
        const found = recent.map(({ seq: _, ...click }) => click)
        expect(found).toEqual(right.recent(filter, limit, offset))
      },
    ))
})

test('a link’s log holds every click once, oldest first', async () => {
  const found: number[] = []
  for (let after: LoggedClick | null = null; ; ) {
    const [page]: [LoggedClick[]] = await store.ask([
      { ask: 'log', linkId: 1, after, limit: 37 },
    ] as const)
    found.push(...page.map(({ at }) => at))
    after = page.at(-1) ?? null
    if (page.length < 37) break
  }
  const ats = clicks.filter(({ linkId }) => linkId === 1).map(({ at }) => at)
  expect(found).toEqual(ats.sort((a, b) => a - b))
})

test('more links than SQLite takes parameters can be asked for at once', async () => {
  const links = Array.from({ length: 100_000 }, (_, index) => index + 1)
  const [totals] = await store.ask([{ ask: 'totals', filter: { scope: { links }, bots: 'none' } }])
  expect(totals).toEqual(right.totals({ scope: 'all', bots: 'none' }))
})
