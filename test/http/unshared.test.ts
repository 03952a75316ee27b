import { afterAll, beforeAll, expect, test } from 'bun:test'
import { dialects } from '../../src/dialects'
import { concrete, type Route, routesOf } from '../every-route'
import { createWorld, type Send, type World } from '../world'

let world: World
let ways: Record<string, (send: Send) => Send>
let code: string

beforeAll(async () => {
  world = await createWorld({ SNUG_RATE_LIMITS: 'off', SNUG_DATA_DIR: '/nowhere' })
  const { key, cookie } = await world.person('ann', { role: 'admin' })
  const made = await world.send({
    path: '/api/snug/v1/links',
    headers: { 'X-API-Key': key },
    body: { destination: 'https://example.com/', publicStats: true },
  })
  ;({ code } = (await made.json()) as { code: string })
  const withHeaders = (headers: Record<string, string>) => (send: Send) => ({
    ...send,
    headers: { Origin: 'http://localhost', ...headers },
  })
  const inBody = (name: string) => (send: Send) =>
    send.body === undefined ? send : { ...send, body: { ...(send.body as object), [name]: key } }
  ways = {
    'an X-API-Key': withHeaders({ 'X-API-Key': key }),
    'an X-Customer-Key': withHeaders({ 'X-Customer-Key': key }),
    'a bearer key': withHeaders({ Authorization: `Bearer ${key}` }),
    'a basic user': withHeaders({ Authorization: `Basic ${btoa(`ann:${key}`)}` }),
    'a key in the query': (send) => ({ ...send, path: `${send.path}&key=${key}` }),
    'a key in the body': inBody('access_key'),
    'a customer’s key in the body': inBody('customer_secret_key'),
    'a sign-in': withHeaders({ Cookie: cookie }),
    'a user of a proxy': withHeaders({ 'Remote-User': 'ann@example.com' }),
    'a wrong key': withHeaders({ 'X-API-Key': 'sk_wrong', Authorization: 'Bearer sk_wrong' }),
    nothing: (send) => send,
  }
})
afterAll(() => world.close())

const bodyOf = ({ method }: Route) =>
  method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
    ? {}
    : { body: { url: 'https://example.com/' } }

/** What an answer lets browsers and proxies keep or tell. */
const sharedBy = async (send: Send) => {
  const answer = await world.send(send)
  await answer.body?.cancel()
  const { headers } = answer
  return {
    status: answer.status,
    kept: headers.get('cache-control'),
    told: headers.get('referrer-policy'),
  }
}

const unshared = { kept: 'no-store', told: 'no-referrer' }

test('no answer of an API is kept, nor tells its address on, whatever its request came with', async () => {
  const seen = new Set<number>()
  const routes = routesOf(world).filter(
    ({ path, method }) => path.startsWith('/api/') && method !== 'OPTIONS',
  )
  expect(routes.length).toBeGreaterThan(90)
  const elsewhere = dialects.flatMap(({ dialect }) =>
    dialect.roots.map((root) => ({ method: 'GET', path: `${root}/no/such/thing` })),
  )
  for (const route of [...routes, ...elsewhere])
    for (const [way, adapt] of Object.entries(ways))
      for (const parameter of new Set([concrete(route.path, '1'), concrete(route.path, code)])) {
        const path = `${parameter}?format=csv`
        const shared = await sharedBy(adapt({ method: route.method, path, ...bodyOf(route) }))
        seen.add(shared.status)
        expect({ route, way, ...shared }).toEqual({
          route,
          way,
          ...unshared,
          status: shared.status,
        })
      }
  for (const status of [200, 201, 400, 401, 403, 404]) expect([...seen]).toContain(status)
}, 30_000)

test('nor do refusals before anybody is known: broken JSON, too much, too often', async () => {
  const send = { path: '/api/shorten?key=a7k_0123456789abcdef' }
  for (const body of ['{', '[]', 'x'.repeat(600_000)])
    expect(await sharedBy({ ...send, body })).toMatchObject(unshared)
  const limited = await createWorld()
  const statuses = new Set<number>()
  for (let asked = 0; asked < 35; asked++) {
    const answer = await limited.send({ path: '/api/dashboard?key=a7k_0123456789abcdef' })
    statuses.add(answer.status)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
  }
  expect([...statuses]).toEqual([401, 429])
  await limited.close()
})
