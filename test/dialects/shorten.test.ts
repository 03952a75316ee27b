import { afterEach, beforeEach, expect, test } from 'bun:test'
import type { FormatName } from '../../src/export'
import { readers } from '../export/readers'
import { createWorld, type World } from '../world'
import { chrome, googlebot, iphone, page } from './shorten-words'

/** What scenarios can't say: numbers that must agree, links of other kinds, a store that fails. */
let world: World
const key = 'the-key-of-a-customer'
const day = 86_400_000

beforeEach(async () => {
  world = await createWorld({ SNUG_RATE_LIMITS: 'off' })
})
afterEach(() => world.close())

const ask = async (path: string, body?: unknown, customerKey: string | null = key) => {
  const headers: Record<string, string> =
    customerKey === null ? {} : { 'X-Customer-Key': customerKey }
  return world.send({ path, headers, body })
}
const json = async (path: string, body?: unknown, customerKey?: string | null) =>
  (await ask(path, body, customerKey)).json()
const shorten = async (): Promise<string> => (await json('/api/shorten', { url: page })).short_code

const exported = async (code: string, format: FormatName) => {
  const file = await ask(`/api/export/${code}?format=${format}`)
  return readers[format](new Uint8Array(await file.arrayBuffer()))
}

type Count = Record<string, string>
const sum = (counts: Count[]) => counts.reduce((all, { clicks }) => all + Number(clicks), 0)
const lists = [
  'clicks_by_date',
  'clicks_by_country',
  'clicks_by_referrer',
  'clicks_by_browser',
  'clicks_by_os',
  'clicks_by_device',
  'clicks_by_hour',
]

test('stats, dashboard and the four exports agree with each other and with what was clicked', async () => {
  const codes = [await shorten(), await shorten()]
  const visits = [chrome, iphone, googlebot, {}, { ...chrome, Referer: 'https://a.example/=1+1' }]
  const made = { [codes[0] ?? '']: 0, [codes[1] ?? '']: 0 }
  for (let visit = 0; visit < 60; visit++) {
    const code = codes[visit % 3 === 0 ? 1 : 0] ?? ''
    const headers = visits[(visit * 7) % visits.length] ?? {}
    await world.send({ path: `/${code}`, headers })
    made[code] = (made[code] ?? 0) + 1
    if (visit % 10 === 9) world.pass(day / 3)
  }
  await world.app.clicks.drain()

  const dashboard = await json('/api/dashboard')
  expect(dashboard.total_clicks).toBe(60)
  let visitors = 0
  for (const code of codes) {
    const clicks = made[code] ?? 0
    const stats = await json(`/api/stats/${code}`)
    visitors += stats.total_unique_clicks
    expect(stats.total_clicks).toBe(clicks)
    for (const list of lists) expect({ list, sum: sum(stats[list]) }).toEqual({ list, sum: clicks })
    expect(sum(stats.clicks_by_bot)).toBe(stats.bot_clicks)
    expect(await json(`/api/dashboard?link=${code}`)).toMatchObject({
      total_clicks: stats.total_clicks,
      total_unique_clicks: stats.total_unique_clicks,
      bot_clicks: stats.bot_clicks,
      clicks_by_date: stats.clicks_by_date,
      recent_clicks: stats.recent_clicks,
    })

    const [csv, ...others] = await Promise.all(
      (['csv', 'json', 'xml', 'xlsx'] as const).map((format) => exported(code, format)),
    )
    for (const other of others) expect(other).toEqual(csv ?? [])
    const [head = [], ...rows] = csv ?? []
    expect(rows).toHaveLength(clicks)
    const bots = rows.filter((row) => row[head.indexOf('is_bot')] === 'true')
    expect(bots).toHaveLength(stats.bot_clicks)
    const newest = rows.toReversed().slice(0, 50)
    expect(stats.recent_clicks.map((click: object) => Object.values(click).map(String))).toEqual(
      newest,
    )
  }
  for (const list of lists) expect(sum(dashboard[list])).toBe(60)
  expect(dashboard.total_unique_clicks).toBe(visitors)
  expect(dashboard.links.map(({ total_clicks }: { total_clicks: number }) => total_clicks)).toEqual(
    Object.values(made),
  )
})

test('links with a password or not yet started leak nothing, but to their own key', async () => {
  const code = await shorten()
  const link = await world.store.links.byCode('', code)
  if (link === null) throw new Error('the link is gone')
  const { id: _, ...row } = link
  await world.store.links.insert({ ...row, code: 'locked', passwordHash: 'a hash' })
  await world.store.links.insert({ ...row, code: 'early', startsAt: new Date(world.now() + day) })
  for (const hidden of ['locked', 'early']) {
    for (const path of [`/api/stats/${hidden}`, `/api/export/${hidden}?format=csv`]) {
      const answer = await ask(path, undefined, null)
      expect(answer.status).toBe(404)
      expect(await answer.text()).toBe(
        JSON.stringify({ error: true, message: 'Short code not found', code: 404 }),
      )
    }
    expect((await ask(`/api/stats/${hidden}`)).status).toBe(200)
  }
})

test('a link that has expired is 410 for everybody', async () => {
  const link = await world.store.links.byCode('', await shorten())
  if (link === null) throw new Error('the link is gone')
  const { id: _, ...row } = link
  await world.store.links.insert({ ...row, code: 'over', expiresAt: new Date(world.now() - 1) })
  for (const path of ['/api/stats/over', '/api/export/over?format=csv'])
    for (const customerKey of [key, null])
      expect(await json(path, undefined, customerKey)).toEqual({
        error: true,
        message: 'Link expired or removed',
        code: 410,
      })
})

test('a plan that ends says when, and is free afterwards', async () => {
  const code = await shorten()
  const until = new Date(world.now() + 365 * day - 1000)
  await world.app.core.accounts.grant(key, { plan: 'pro', until })
  expect(await json(`/api/stats/${code}`)).toMatchObject({
    access_level: 'paid',
    paid_expires_at: `${until.toISOString().slice(0, 19)}+00:00`,
    paid_days_remaining: 365,
  })
  world.pass(365 * day)
  expect(await json(`/api/stats/${code}`)).toMatchObject({ access_level: 'free' })
  expect((await ask('/api/dashboard')).status).toBe(401)
})

test('500: server error, and nothing of what went wrong', async () => {
  const code = await shorten()
  world.store.ask = () => Promise.reject(new Error('SQLITE_CORRUPT: /data/snug.db is malformed'))
  for (const path of [`/api/stats/${code}`, '/api/dashboard'])
    expect(await json(path)).toEqual({
      error: true,
      message: 'Server error — please contact support',
      code: 500,
    })
})

test('a blocklisted destination is refused', async () => {
  await world.app.core.blocklist.replace(['evil.example'])
  const answer = await ask('/api/shorten', { url: 'https://evil.example/x' })
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ error: true, code: 400 })
})

test('twenty first requests with one new key at once share one account', async () => {
  const made = await Promise.all(
    Array.from({ length: 20 }, (_, at) => json('/api/shorten', { url: `${page}/${at}` })),
  )
  expect(new Set(made.map(({ short_code }) => short_code)).size).toBe(20)
  expect((await json('/api/dashboard')).total_links).toBe(20)
})

test('of twenty binding one link at once exactly one does', async () => {
  const code = await shorten()
  const binders = Array.from({ length: 20 }, (_, at) => `another-key-number-${at}`)
  for (const binder of binders) await json('/api/shorten', { url: page }, binder)
  const outcomes = await Promise.all(
    binders.map((access_key) => json('/api/bind', { access_key, link_codes: [code] }, null)),
  )
  expect(outcomes.filter(({ bound }) => bound === 1)).toHaveLength(1)
})
