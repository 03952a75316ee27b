import { afterEach, beforeEach, expect, test } from 'bun:test'
import { createWorld, type World } from '../world'

/** What scenarios can't say: a store that fails, a suspended account, an administrator's override. */
let world: World
let ann: Awaited<ReturnType<World['person']>>

beforeEach(async () => {
  world = await createWorld()
  ann = await world.person('ann')
})
afterEach(() => world.close())

const ask = async (path: string, body?: unknown) => {
  const headers = { Authorization: `Bearer ${ann.key}` }
  const answer = await world.send({ path: `/api/v1${path}`, headers, body })
  return { status: answer.status, json: await answer.json(), headers: answer.headers }
}
const shorten = (url = 'https://example.com/') => ask('/shorten', { url })
const broken = () => Promise.reject(new Error('SQLITE_IOERR: disk I/O error at /data/snug.db'))

test('CREATION_FAILED: server error while creating the short URL', async () => {
  world.store.links.insert = broken
  expect(await shorten()).toMatchObject({
    status: 500,
    json: {
      success: false,
      message: 'Server error while creating the short URL',
      code: 'CREATION_FAILED',
    },
  })
  expect(world.lines.join('\n')).toContain('SQLITE_IOERR')
})

test('STATS_FAILED: server error while fetching stats', async () => {
  const { json } = await shorten()
  world.store.ask = broken
  for (const path of [`/analytics/${json.shortCode}`, '/analytics/overview', '/urls'])
    expect(await ask(path)).toMatchObject({
      status: 500,
      json: { success: false, message: 'Server error while fetching stats', code: 'STATS_FAILED' },
    })
})

test('ACCOUNT_SUSPENDED: from the next request on, and not longer than it lasts', async () => {
  expect((await shorten()).status).toBe(201)
  await world.app.core.accounts.patch(ann.account.id, { suspended: true })
  expect(await shorten()).toMatchObject({
    status: 403,
    json: {
      success: false,
      message: 'Your account has been suspended',
      code: 'ACCOUNT_SUSPENDED',
    },
  })
  await world.app.core.accounts.patch(ann.account.id, { suspended: false })
  expect((await shorten()).status).toBe(201)
})

test('an inactive or expired key is INVALID_API_KEY', async () => {
  const [key] = await world.store.keys.all(ann.account.id)
  const id = key?.id ?? 0
  await world.store.keys.patch(ann.account.id, id, { active: false })
  expect(await ask('/urls')).toMatchObject({ status: 401, json: { code: 'INVALID_API_KEY' } })
  await world.store.keys.patch(ann.account.id, id, {
    active: true,
    expiresAt: new Date(world.now()),
  })
  expect(await ask('/urls')).toMatchObject({ status: 401, json: { code: 'INVALID_API_KEY' } })
})

test('50 creations in one millisecond page without loss, newest first', async () => {
  world.app.core.limits.override({ 'v1.shorten.minute': { max: null, per: 60_000 } })
  const made = await Promise.all(
    Array.from({ length: 50 }, (_, at) => shorten(`https://example.com/${at}`)),
  )
  const codes = made.map(({ json }) => json.shortCode)
  const listed: string[] = []
  for (let page = 1; page <= 8; page++) {
    const { json } = await ask(`/urls?page=${page}&limit=7`)
    listed.push(...json.data.map(({ short_code }: { short_code: string }) => short_code))
  }
  expect(listed).toEqual(codes.toReversed())
})

test('limits can be adjusted by the admin', async () => {
  world.app.core.limits.override({ 'v1.shorten.minute': { max: 2, per: 60_000 } })
  expect((await shorten()).headers.get('ratelimit-limit')).toBe('2')
  expect((await shorten()).status).toBe(201)
  expect((await shorten()).json.code).toBe('RATE_LIMITED')
})

test('URL_UNSAFE: URL was flagged as potentially malicious', async () => {
  await world.app.core.blocklist.replace(['evil.example'])
  expect(await shorten('https://www.evil.example/login')).toMatchObject({
    status: 400,
    json: {
      success: false,
      message: 'URL was flagged as potentially malicious',
      code: 'URL_UNSAFE',
    },
  })
})
