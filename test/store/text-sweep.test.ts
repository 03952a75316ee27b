import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import fc from 'fast-check'
import type { NewClick } from '../../src/store'
import { clicksStore } from '../../src/store/clicks'
import { mostNewPerMinute } from '../../src/store/clicks/novelty'
import { connect, connectAgain } from '../../src/store/engine/connect'
import { answer } from '../../src/store/queries/answer'
import { accounts, links } from '../../src/store/schema'
import { temporaryFolder } from '../program'

const minute = 60_000
const day = 86_400_000
const today = Date.parse('2026-03-10T00:00:00Z')

let connection: ReturnType<typeof connect>
let store: ReturnType<typeof clicksStore>

const addLinks = ({ db }: typeof connection, count: number) => {
  const stamp = { createdAt: new Date(0), updatedAt: new Date(0) }
  db.insert(accounts)
    .values({ id: 1, kind: 'user', plan: 'pro', ...stamp })
    .run()
  for (let id = 1; id <= count; id++)
    db.insert(links)
      .values({ id, code: `c${id}`, destination: 'https://example.com/', ownerId: 1, ...stamp })
      .run()
}

beforeEach(() => {
  connection = connect(':memory:')
  store = clicksStore(connection)
  addLinks(connection, 20)
})
afterEach(async () => {
  await store.endSweep()
  connection.sqlite.close()
})

/** A click by an agent and from a site, both by number. */
const click = (linkId: number, name: number, at = today): NewClick => ({
  linkId,
  at,
  redirectUs: 10,
  country: 'DE',
  os: `System ${name}`,
  device: 'desktop',
  language: 'de',
  bot: name % 3 === 0 ? `Bot ${name}` : null,
  browser: `Browser ${name}`,
  referrer: { origin: `https://www.site${name}.example`, domain: `site${name}.example` },
  visitor: null,
})

/** How every stored click reads, by its link, in the order of time. */
const stored = ({ sqlite } = connection) =>
  sqlite
    .query(
      `SELECT c.link_id AS linkId, c.at_ms AS at, browser.text AS browser, os.text AS os, country.text AS country,
        device.text AS device, language.text AS language, bot.text AS bot, referrer.text AS origin, domain.text AS domain
      FROM clicks c LEFT JOIN profiles p ON p.id = c.profile LEFT JOIN dictionary browser ON browser.id = p.browser
        LEFT JOIN dictionary os ON os.id = p.os LEFT JOIN dictionary country ON country.id = p.country
        LEFT JOIN dictionary device ON device.id = p.device LEFT JOIN dictionary language ON language.id = p.language
        LEFT JOIN dictionary bot ON bot.id = p.bot LEFT JOIN dictionary referrer ON referrer.id = c.referrer
        LEFT JOIN dictionary domain ON domain.id = referrer.domain_id
      ORDER BY c.link_id, c.at_ms, c.seq`,
    )
    .all()

const expected = (clicks: readonly NewClick[]) =>
  clicks
    .toSorted((a, b) => a.linkId - b.linkId || a.at - b.at)
    .map(({ linkId, at, browser, os, country, device, language, bot, referrer }) => ({
      linkId,
      at,
      browser,
      os,
      country,
      device,
      language,
      bot,
      ...referrer,
    }))

const rows = (table: string, { sqlite } = connection) =>
  sqlite.query<{ n: number }, []>(`SELECT count(*) AS n FROM ${table}`).get()?.n

/** The texts that are kept, in order. */
const texts = () =>
  connection.sqlite
    .query<{ text: string }, []>('SELECT text FROM dictionary ORDER BY text')
    .all()
    .map(({ text }) => text)

describe('texts and profiles that no click uses', () => {
  test('go after the clicks of their link are erased; those in use stay', async () => {
    await store.append([click(2, 1), click(2, 11)])
    await store.append(Array.from({ length: 240 }, (_, n) => click(1, n + 10)))
    expect(rows('dictionary')).toBeGreaterThan(960)
    await store.erase(1)
    await store.sweepTexts()
    expect(rows('profiles')).toBe(2)
    expect(texts()).toEqual(
      [
        'Browser 1',
        'Browser 11',
        'DE',
        'System 1',
        'System 11',
        'de',
        'desktop',
        'https://www.site1.example',
        'https://www.site11.example',
        'site1.example',
        'site11.example',
      ].sort(),
    )
    expect(stored()).toEqual(expected([click(2, 1), click(2, 11)]))
  })

  test('go with retention, and come back when they are seen again', async () => {
    await store.append([click(1, 5, today - 10 * day), click(1, 6)])
    await store.forgetClicks(today - day)
    expect(await store.sweepTexts()).toBe(5) // a profile, a browser, a system, an origin and its domain
    expect(stored()).toEqual(expected([click(1, 6)]))
    await store.append([click(2, 5)]) // what the writer remembered of it is gone, too
    expect(stored()).toEqual(expected([click(1, 6), click(2, 5)]))
    expect(await store.sweepTexts()).toBe(0)
  })

  test('go from many pieces, and what comes meanwhile is kept, whatever it refers to', async () => {
    const many = Array.from({ length: 900 }, (_, n) => click(1, n + 1, today + n * minute))
    const bulk = Array.from({ length: 25_000 }, (_, n) => click(2, 1, today + n))
    await store.append([...many, ...bulk])
    await store.erase(1)
    const late: NewClick[] = []
    let swept: number | null = null
    const sweeping = store.sweepTexts().then((deleted) => {
      swept = deleted
    })
    for (let n = 0; swept === null; n++) {
      const one = click(3, (n * 37) % 900, today + n)
      late.push(one)
      await store.append([one])
      await Bun.sleep(0)
    }
    await sweeping
    expect(late.length).toBeGreaterThan(2)
    expect(stored()).toEqual(expected([...bulk, ...late]))
    await store.erase(3)
    await store.sweepTexts()
    expect(rows('profiles')).toBe(1)
  })

  test('whatever is stored, erased and swept in whatever order, clicks keep what is known of them', async () => {
    const step = fc.oneof(
      fc.record({
        store: fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 30 })), {
          maxLength: 8,
        }),
      }),
      fc.record({ erase: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ sweep: fc.boolean() }),
    )
    let begin = today
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        for (let id = 1; id <= 5; id++) await store.erase(id)
        let kept: NewClick[] = []
        let at = begin
        begin += 60 * minute // another minute, so that nothing new is too much
        for (const one of steps) {
          if ('store' in one) {
            const some = one.store.map(([link, name]) => click(link, name, at++))
            kept = [...kept, ...some]
            await store.append(some)
          } else if ('erase' in one) {
            kept = kept.filter(({ linkId }) => linkId !== one.erase)
            await store.erase(one.erase)
          } else if (one.sweep) await store.sweepTexts()
          else void store.sweepTexts() // goes on beside the next steps
        }
        await store.sweepTexts()
        expect(stored()).toEqual(expected(kept))
      }),
      { numRuns: 60 },
    )
  })

  test('are left alone while another process stores clicks', async () => {
    using folder = temporaryFolder()
    const path = join(folder.path, 'snug.db')
    const first = connect(path)
    addLinks(first, 3)
    const second = connectAgain(path, true)
    const [server, importer] = [clicksStore(first, 1000), clicksStore(second, 1000)]
    await server.append([click(1, 1), click(2, 2)])
    await importer.append([click(3, 1)])
    await server.erase(1)
    await server.erase(3)
    const sweeping = server.sweepTexts()
    await importer.append([click(3, 1, today + 1)]) // it remembers texts that are about to go
    await sweeping
    expect(stored(first)).toEqual(expected([click(2, 2), click(3, 1, today + 1)]))
    await server.erase(3)
    expect(await server.sweepTexts()).toBe(5)
    await importer.append([click(3, 1, today + 2)]) // and that are gone
    await server.append([click(1, 1, today + 3)])
    expect(stored(first)).toEqual(
      expected([click(1, 1, today + 3), click(2, 2), click(3, 1, today + 2)]),
    )
    for (const { sqlite } of [first, second]) sqlite.close()
  })

  test('are looked for only after clicks were deleted, and not any more once the program stops', async () => {
    await store.append([click(1, 1)])
    expect(await store.sweepTexts()).toBe(0)
    connection.sqlite.run('DELETE FROM clicks')
    expect(await store.sweepTexts()).toBe(0)
    await store.erase(1)
    const sweeping = store.sweepTexts()
    await store.endSweep()
    expect(await sweeping).toBe(0)
    expect(rows('profiles')).toBe(1)
  })
})

describe('a flood of names that nobody ever had', () => {
  const flood = (count: number, begin: number) =>
    Array.from({ length: count }, (_, n) => click(1 + (n % 3), n + 1, begin + Math.floor(n / 1000)))

  test('adds a bounded number of texts a minute; what is counted stays exact', async () => {
    const all = flood(40_000, today)
    for (let from = 0; from < all.length; from += 2000)
      await store.append(all.slice(from, from + 2000))
    expect(rows('dictionary')).toBeLessThanOrEqual(mostNewPerMinute + 3)
    expect(rows('profiles')).toBeLessThanOrEqual(mostNewPerMinute + 3)
    const { db } = connection
    const filter = { scope: 'all' } as const
    expect(answer(db, { ask: 'totals', filter })).toMatchObject({ clicks: 40_000, bots: 13_333 })
    for (const [by, clicks] of [
      ['country', 40_000],
      ['device', 40_000],
    ] as const)
      expect(answer(db, { ask: 'breakdown', filter, by, limit: 5 })).toMatchObject([{ clicks }])
    for (const by of ['browser', 'os', 'referrer', 'referrerDomain'] as const) {
      const shares = answer(db, { ask: 'breakdown', filter, by, limit: 5000 }) as {
        value: string
        clicks: number
      }[]
      expect(shares[0]?.value).toBe('Other')
      expect(shares.reduce((sum, { clicks }) => sum + clicks, 0)).toBe(40_000)
    }
  })

  test('ends with its minute, and names that are known are told apart all the while', async () => {
    await store.append([click(9, 70_000), click(9, 70_001)])
    await store.append(flood(5000, today))
    await store.append([click(8, 70_000), click(8, 80_000), click(8, 80_001, today + minute)])
    const other = { ...click(8, 80_000), browser: 'Other', os: 'Other' }
    const told = expected([
      click(8, 70_000),
      { ...other, bot: null, referrer: { origin: 'Other', domain: 'Other' } },
      click(8, 80_001, today + minute),
    ])
    const found = stored().filter((row) => (row as { linkId: number }).linkId === 8)
    expect(found).toEqual([told[0], { ...told[1], domain: null }, told[2]] as never)
  })

  test('never adds an origin without its domain', async () => {
    for (let more = 0; more < 4; more++) {
      // so that the minute is full at another place in a click
      const at = today + more * minute
      const onlyBrowsers = Array.from({ length: more }, (_, n) => ({
        ...click(1, 1, at),
        browser: `Another ${more} ${n}`,
      }))
      await store.append(onlyBrowsers)
      await store.append(flood(5000, at).map((_, n) => click(1, 10_000 * (more + 1) + n, at)))
    }
    const bare = connection.sqlite
      .query("SELECT text FROM dictionary WHERE text LIKE 'https:%' AND domain_id IS NULL")
      .all()
    const wrong = connection.sqlite
      .query(
        "SELECT o.text FROM dictionary o JOIN dictionary d ON d.id = o.domain_id WHERE d.text = 'Other'",
      )
      .all()
    expect([bare, wrong]).toEqual([[], []])
  })
})
