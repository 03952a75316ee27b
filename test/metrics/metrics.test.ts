import { expect, test } from 'bun:test'
import { createWorld } from '../world'

const token = 'a token for metrics'
const bearer = { Authorization: `Bearer ${token}` }
const url = 'https://example.com/'

const sample = (text: string, name: string) =>
  text.split('\n').find((line) => line.startsWith(`${name} `))

test('without a token there is no such page', async () => {
  const world = await createWorld()
  expect((await world.send({ path: '/metrics', headers: bearer })).status).toBe(404)
  await world.close()
})

test('only the bearer of the token reads them', async () => {
  const world = await createWorld({ SNUG_METRICS_TOKEN: token })
  for (const Authorization of ['', 'Bearer', 'Bearer wrong', `Basic ${token}`, token])
    expect((await world.send({ path: '/metrics', headers: { Authorization } })).status).toBe(401)
  expect((await world.send({ path: '/metrics', headers: bearer })).status).toBe(200)
  await world.close()
})

test('they count requests by route and followed links, and name no code', async () => {
  const world = await createWorld({ SNUG_METRICS_TOKEN: token })
  const made = await world.send({ path: '/api/shorten', body: { url } })
  const { short_code: code } = (await made.json()) as { short_code: string }
  await world.send({ path: `/api/stats/${code}` })
  await world.send({ path: '/api/stats/nothing' })
  for (const path of ['/nothing', '/nothing-else']) await world.send({ path })
  await world.send({ path: '/api/shorten/elsewhere/deep' })
  await world.send({
    path: `/${code}`,
    headers: { 'User-Agent': 'Mozilla/5.0 (X11) Firefox/150.0' },
  })
  await world.app.clicks.drain()
  await new Promise((resolve) => setImmediate(resolve))

  const text = await (await world.send({ path: '/metrics', headers: bearer })).text()
  const requests = (method: string, route: string, status: number) =>
    sample(text, `snug_requests_total{method="${method}",route="${route}",status="${status}"}`)
  expect(requests('POST', '/api/shorten', 200)).toEndWith(' 1')
  expect(requests('GET', '/api/stats/:code', 200)).toEndWith(' 1')
  expect(requests('GET', '/api/stats/:code', 404)).toEndWith(' 1')
  expect(requests('GET', '/api/shorten/*', 404)).toEndWith(' 1')
  expect(text).toContain('snug_redirect_duration_seconds_count 1\n')
  for (const name of [
    'snug_healthy',
    'snug_clicks_waiting',
    'snug_database_bytes',
    'process_cpu_seconds_total',
  ])
    expect(sample(text, name)).toBeDefined()
  expect(text).toContain('snug_redirect_refusals_total{outcome="missing"} 2\n')
  expect(sample(text, 'snug_link_lookups')).toEndWith(' 3')
  expect(text).not.toContain(code)
  await world.close()
})

test('every API answer has a request id, a well-formed one from outside stays', async () => {
  const world = await createWorld()
  const idOf = async (sent: Record<string, string>, path = '/api/stats/none') =>
    (await world.send({ path, headers: sent })).headers.get('x-request-id')
  expect(await idOf({})).toMatch(/^[0-9a-f]{16}$/)
  expect(await idOf({ 'X-Request-Id': 'trace-1.a_b' })).toBe('trace-1.a_b')
  expect(await idOf({ 'X-Request-Id': 'x'.repeat(65) })).toMatch(/^[0-9a-f]{16}$/)
  expect(await idOf({ 'X-Request-Id': '"><script>' })).toMatch(/^[0-9a-f]{16}$/)
  await world.close()
})

test('the access log, when it is on, names routes and links, never keys, addresses or queries', async () => {
  const world = await createWorld({ SNUG_ACCESS_LOG: 'on' })
  const key = 'a7k_0123456789abcdef'
  const made = await world.send({ path: '/api/shorten', body: { url, access_key: key } })
  const { short_code: code } = (await made.json()) as { short_code: string }
  await world.send({ path: `/api/dashboard?key=${key}&from=2026-01-01` })
  await world.send({ path: `/${code}?secret=1`, headers: { 'X-Forwarded-For': '203.0.113.77' } })
  await world.app.clicks.drain()
  await new Promise((resolve) => setImmediate(resolve))
  const log = world.lines.join('\n')
  expect(log).toContain('/api/dashboard')
  expect(log).toContain('followed')
  for (const secret of [key, code, '203.0.113.77', 'secret=1', '2026-01-01'])
    expect(log).not.toContain(secret)
  await world.close()
})
