import { Database } from 'bun:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import { createClicks, openCountries, type RawClick } from '../../src/clicks'
import { createQueue, mostWaiting } from '../../src/clicks/queue'
import { openStore, type Store } from '../../src/store'
import { temporaryFolder } from '../program'
import { seededRandom } from '../world'

const at = Date.parse('2026-03-10T12:00:00Z')

const visit = (change: Partial<RawClick> = {}): RawClick => ({
  linkId: 1,
  at,
  redirectUs: 40,
  peer: '8.8.8.8',
  host: 'go.example',
  userAgent: null,
  referrer: null,
  language: null,
  forwardedFor: null,
  cdnCountry: null,
  prefetch: false,
  untracked: false,
  ...change,
})

const makeLinks = async (store: Store, count: number) => {
  const stamp = { createdAt: new Date(at), updatedAt: new Date(at) }
  const { id } = await store.accounts.insert({ kind: 'user', plan: 'pro', ...stamp })
  const link = { ownerId: id, destination: 'https://example.com/', ...stamp }
  await Promise.all(
    Array.from({ length: count }, (_, n) => store.links.insert({ ...link, code: `code${n}` })),
  )
}

const totals = async (store: Store) =>
  (await store.ask([{ ask: 'totals', filter: { scope: 'all' } }] as const))[0]

/** Waits for a condition, however long the machine takes. */
const until = async (holds: () => boolean) => {
  while (!holds()) await Bun.sleep(5)
}

describe('the queue', () => {
  test('drops the newest when it is full, counts them, and says so once a minute', () => {
    const lines: unknown[] = []
    const clock = { now: 0, monotonic: () => clock.now }
    const queue = createQueue(clock, { warning: (_, properties) => lines.push(properties) })
    for (let n = 0; n < mostWaiting + 3; n++) queue.push(visit({ at: n }))
    expect(queue.figures()).toEqual({ waiting: mostWaiting, dropped: 3 })
    expect(queue.part(mostWaiting - 1, 5).map(({ at }) => at)).toEqual([mostWaiting - 1])
    expect(lines).toEqual([{ dropped: 1 }])

    clock.now = 59_999
    queue.push(visit())
    expect(lines).toHaveLength(1)
    clock.now = 60_000
    queue.push(visit())
    expect(lines[1]).toEqual({ dropped: 5 })

    queue.shift(1)
    queue.push(visit())
    expect(queue.figures()).toEqual({ waiting: mostWaiting, dropped: 5 })
  })
})

describe('a database of its own thread', () => {
  let folder: ReturnType<typeof temporaryFolder>
  let store: Store
  let clicks: ReturnType<typeof createClicks>
  const lines: string[] = []

  beforeEach(async () => {
    folder = temporaryFolder()
    store = openStore(join(folder.path, 'snug.db'))
    await makeLinks(store, 3)
    lines.length = 0
    clicks = createClicks({
      store,
      clock: { now: () => at, monotonic: () => performance.now() },
      random: seededRandom(1),
      proxies: { address: (peer) => peer, trusts: () => false },
      config: { geoipDb: null, clickFlushMs: 10, clickRetentionDays: 0 },
      log: { warning: (message) => lines.push(message) },
    })
  })
  afterEach(async () => {
    await clicks.close()
    await store.close()
    folder[Symbol.dispose]()
  })

  test('that somebody else has locked lets clicks wait, in order, and takes them all afterwards', async () => {
    const other = new Database(join(folder.path, 'snug.db'))
    other.run('BEGIN IMMEDIATE')
    for (let n = 0; n < 2500; n++) clicks.record(visit({ at: at + n }))
    await until(() => clicks.figures().failingSince !== null)
    for (let n = 2500; n < 2600; n++) clicks.record(visit({ at: at + n }))
    expect(clicks.figures()).toMatchObject({ stored: 0, waiting: 2600, dropped: 0 })
    expect(lines).toEqual(['clicks can’t be stored now and wait: {error}'])

    other.run('ROLLBACK')
    other.close()
    await until(() => clicks.figures().waiting === 0)
    expect(clicks.figures()).toMatchObject({ stored: 2600, failingSince: null })
    expect(await totals(store)).toMatchObject({ clicks: 2600, lastAt: at + 2599 })
  }, 30_000)

  test('takes clicks and links at the same time, each whole', async () => {
    const stamp = { createdAt: new Date(at), updatedAt: new Date(at) }
    const made = Array.from({ length: 300 }, async (_, n) => {
      await Bun.sleep(n / 10)
      for (let m = 0; m < 20; m++) clicks.record(visit({ linkId: 1 + (m % 3) }))
      const link = { ownerId: 1, destination: 'https://example.com/', ...stamp }
      return store.links.insert({ ...link, code: `more${n}` })
    })
    expect((await Promise.all(made)).every((link) => link !== null)).toBe(true)
    await clicks.drain()
    expect(await totals(store)).toMatchObject({ clicks: 6000 })
    const search = { account: 1, bound: false, words: [], state: 'kept', now: 0 } as const
    const sort = { by: 'id', descending: false } as const
    const [listed] = await store.ask([{ ask: 'links', search, sort, offset: 0, limit: 1 }] as const)
    expect(listed.total).toBe(303)
  }, 30_000)

  test('goes on with clicks of links that are erased meanwhile, and keeps nothing of those', async () => {
    for (let n = 0; n < 30; n++) clicks.record(visit({ linkId: 1 + (n % 3) }))
    await clicks.drain()
    await store.clicks.erase(2)
    expect(await totals(store)).toMatchObject({ clicks: 20, visitors: 2 })
    for (let n = 0; n < 3; n++) clicks.record(visit({ linkId: 2 }))
    for (let n = 0; n < 3; n++) clicks.record(visit({ linkId: 99 }))
    await clicks.drain()
    expect(await totals(store)).toMatchObject({ clicks: 23, visitors: 3 })
  })

  test('tells listeners of clicks once they are stored, until they stop listening', async () => {
    const told: number[] = []
    const stop = clicks.subscribe((stored) => told.push(...stored.map(({ linkId }) => linkId)))
    clicks.record(visit({ linkId: 3 }))
    expect(told).toEqual([])
    await clicks.drain()
    expect(told).toEqual([3])
    stop()
    clicks.record(visit({ linkId: 3 }))
    await clicks.drain()
    expect(told).toEqual([3])
  })
})

test('clicks that are refused to the end are told of when the program stops', async () => {
  using folder = temporaryFolder()
  const store = openStore(join(folder.path, 'snug.db'))
  await makeLinks(store, 1)
  const lost: unknown[] = []
  const clicks = createClicks({
    store,
    clock: { now: () => at, monotonic: () => performance.now() },
    random: seededRandom(1),
    proxies: { address: (peer) => peer, trusts: () => false },
    config: { geoipDb: null, clickFlushMs: 60_000, clickRetentionDays: 0 },
    log: { warning: (message, properties) => lost.push([message, properties]) },
  })
  const other = new Database(join(folder.path, 'snug.db'))
  other.run('BEGIN IMMEDIATE')
  clicks.record(visit())
  await clicks.close()
  expect(lost.at(-1)).toEqual([
    '{lost} clicks are lost: the database refused to the end',
    { lost: 1 },
  ])
  other.run('ROLLBACK')
  other.close()
  await store.close()
}, 30_000)

describe('country data of one’s own', () => {
  const using = (path: string) => {
    const lines: string[] = []
    return { countries: openCountries(path, (line) => lines.push(line)), lines }
  }

  test('that is missing is told in one line; the embedded data is used', () => {
    const { countries, lines } = using('/nowhere/at/all.mmdb')
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(
      /^SNUG_GEOIP_DB: \/nowhere\/at\/all\.mmdb can't be used \(.+\); the embedded country data is used$/,
    )
    expect(lines[0]).not.toContain('\n')
    expect(countries.of('8.8.8.8')).toBe('US')
  })

  for (const [what, body] of [
    ['empty', ''],
    ['some text', 'this is no country data at all\n'.repeat(1000)],
    [
      'half of a file',
      Buffer.concat([Buffer.alloc(5000, 7), Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1')]),
    ],
  ] as const)
    test(`that is ${what} is told in one line; the embedded data is used`, async () => {
      using folder = temporaryFolder()
      const path = join(folder.path, 'own.mmdb')
      await Bun.write(path, body)
      const { countries, lines } = using(path)
      expect(lines).toHaveLength(1)
      expect(lines[0]).not.toContain('\n')
      expect(countries.of('8.8.8.8')).toBe('US')
    })
})
