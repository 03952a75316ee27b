import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { Elysia, t } from 'elysia'
import {
  bearer,
  type Dialect,
  type DialectContext,
  refusedAs,
  serveDialect,
  serveFallbacks,
  standardMessages,
} from '../../src/api'
import { minute } from '../../src/time'
import { createWorld, type Send, toRequest, type World } from '../world'

/** A dialect that has one route of each kind. */
const toy: Dialect = {
  name: 'toy',
  title: 'For tests',
  roots: ['/api/toy'],
  credentials: [bearer],
  keys: 'api',
  session: ['/api/toy/mixed'],
  sessionOnly: ['/api/toy/session*'],
  keyed: ['/api/toy/keyed'],
  apiAccess: ['/api/toy/keyed'],
  bodiless: ['POST /api/toy/session', 'POST /api/toy/spare'],
  limits: [{ id: 'toy.mixed', on: '/api/toy/mixed', max: 3, per: minute, by: 'key' }],
  faults: standardMessages,
  envelope: ({ code }) => ({ code }),
}

const who = ({ account, session, key }: { account: unknown; session: unknown; key: unknown }) => ({
  known: account !== null,
  by: session !== null ? 'session' : key !== null ? 'key' : 'nothing',
})

const body = t.Object({ name: t.String() })

const codeBody = t.Object({
  code: t.Optional(t.Nullable(t.String({ minLength: 2 }), refusedAs('code_invalid'))),
})

const build = (context: DialectContext) =>
  new Elysia({ handler: { standardHostname: false } })
    .use(
      serveDialect(toy, context)
        .get('/api/toy/mixed', ({ caller }) => who(caller))
        .post('/api/toy/mixed', ({ caller }) => who(caller), { body })
        .post('/api/toy/keyed', ({ caller }) => who(caller), { body: codeBody })
        .get('/api/toy/session', ({ caller }) => who(caller))
        .post('/api/toy/session', ({ caller }) => who(caller))
        .delete('/api/toy/session/:id', ({ caller }) => who(caller))
        .post('/api/toy/spare', ({ caller }) => who(caller))
        .delete('/api/toy/spare', ({ caller }) => who(caller))
        .get('/api/toy/parts/:one/:two', ({ params }) => params),
    )
    .use(serveFallbacks(toy, context))

let world: World
let app: ReturnType<typeof build>
let ann: { key: string; cookie: string }

beforeEach(async () => {
  world = await createWorld()
  app = build({ ...world.context, sessionOf: world.sessionOf })
  ann = await world.person('ann')
})
afterEach(() => world.close())

const ask = async (send: Send) => {
  const answer = await app.handle(toRequest('http://localhost', send))
  return { status: answer.status, json: await answer.json(), headers: answer.headers }
}
const withKey = () => ({ Authorization: `Bearer ${ann.key}` })
const sameOrigin = { 'Sec-Fetch-Site': 'same-origin' }

describe('whoever comes with', () => {
  test('nothing is a stranger', async () => {
    expect((await ask({ path: '/api/toy/mixed' })).json).toEqual({ known: false, by: 'nothing' })
  })
  test('a key is its holder, also where a sign-in would count', async () => {
    const headers = { ...withKey(), Cookie: ann.cookie }
    expect((await ask({ path: '/api/toy/mixed', headers })).json).toEqual({
      known: true,
      by: 'key',
    })
  })
  test('a sign-in is its account where that counts', async () => {
    const headers = { Cookie: ann.cookie }
    expect((await ask({ path: '/api/toy/mixed', headers })).json).toEqual({
      known: true,
      by: 'session',
    })
  })
  test('a key where only a sign-in counts is refused', async () => {
    expect(await ask({ path: '/api/toy/session', headers: withKey() })).toMatchObject({
      status: 401,
      json: { code: 'session_missing' },
    })
  })
  test('a slash at the end asks the same of everybody', async () => {
    expect(await ask({ path: '/api/toy/keyed/', body: '{' })).toMatchObject({
      status: 401,
      json: { code: 'key_missing' },
    })
    const mixed = await ask({ path: '/api/toy/mixed/' })
    expect(mixed.headers.get('ratelimit-limit')).toBe('3')
  })
  test('a bad key and a bad body is told of the key', async () => {
    const headers = { Authorization: 'Bearer sk_nonsense' }
    expect(await ask({ path: '/api/toy/mixed', headers, body: {} })).toMatchObject({ status: 401 })
  })
})

describe('where somebody must ask', () => {
  const path = '/api/toy/keyed'
  test('a stranger with a bad body, or none, is told of the key', async () => {
    const missing = { status: 401, json: { code: 'key_missing' } }
    expect(await ask({ path, body: '{' })).toMatchObject(missing)
    expect(await ask({ path, method: 'POST' })).toMatchObject(missing)
  })
  test('a key on a plan without API access is told of the plan', async () => {
    const { key } = await world.person('bob', { plan: 'free' })
    const headers = { Authorization: `Bearer ${key}` }
    expect(await ask({ path, headers, body: '{' })).toMatchObject({
      status: 403,
      json: { code: 'plan_required' },
    })
    expect(await ask({ path, headers: withKey(), body: {} })).toMatchObject({ status: 200 })
  })
  test('a browser’s preflight is answered without a key', async () => {
    expect(
      (await app.handle(toRequest('http://localhost', { path, method: 'OPTIONS' }))).status,
    ).toBe(204)
  })
})

test('parts of a path that are no UTF-8 are text all the same', async () => {
  const { status, json } = await ask({ path: '/api/toy/parts/%C0%AF/%C3%A9' })
  expect({ status, json }).toEqual({ status: 200, json: { one: '\ufffd', two: 'é' } })
})

test('a field can name the fault of all its wrong values', async () => {
  for (const code of ['x', 5, {}])
    expect(await ask({ path: '/api/toy/keyed', headers: withKey(), body: { code } })).toMatchObject(
      {
        status: 400,
        json: { code: 'code_invalid' },
      },
    )
  for (const body of [{}, { code: null }, { code: 'xy' }])
    expect((await ask({ path: '/api/toy/keyed', headers: withKey(), body })).status).toBe(200)
})

test('a body as deep as a well is refused, wherever it is', async () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000)
  for (const body of [`{"name":${deep}}`, `{"name":"x","other":${deep}}`])
    expect(await ask({ path: '/api/toy/mixed', body })).toMatchObject({
      status: 400,
      json: { code: 'input_invalid' },
    })
  const flat = `{"name":"x","other":${'['.repeat(50)}${']'.repeat(50)}}`
  expect((await ask({ path: '/api/toy/mixed', body: flat })).status).toBe(200)
})

describe('a change by cookie', () => {
  const change = (headers: Record<string, string>) =>
    ask({
      path: '/api/toy/mixed',
      headers: { Cookie: ann.cookie, ...headers },
      body: { name: 'x' },
    })

  test.each([
    ['from our own pages', { 'Sec-Fetch-Site': 'same-origin' }, 200],
    ['typed by the user', { 'Sec-Fetch-Site': 'none' }, 200],
    ['with our own Origin', { Origin: 'http://localhost' }, 200],
    ['from another page', { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['from a sister host', { 'Sec-Fetch-Site': 'same-site', Origin: 'http://evil.localhost' }, 403],
    ['from another origin', { Origin: 'http://evil.example' }, 403],
    ['from nobody knows where', {}, 403],
    ['that is a form', { ...sameOrigin, 'Content-Type': 'text/plain' }, 403],
  ] as const)('%s answers %p %p', async (_, headers, status) => {
    expect((await change(headers)).status).toBe(status)
  })
  test('needs no such proof with a key', async () => {
    const sent = { path: '/api/toy/mixed', headers: withKey(), body: { name: 'x' } }
    expect((await ask(sent)).status).toBe(200)
  })
  test('needs no body where the document shows none, and DELETE never does', async () => {
    const headers = { Cookie: ann.cookie, ...sameOrigin }
    const post = { method: 'POST', path: '/api/toy/session', headers }
    expect((await ask(post)).status).toBe(200)
    const remove = { method: 'DELETE', path: '/api/toy/session/1', headers }
    expect((await ask(remove)).status).toBe(200)
    for (const body of ['', '{"a":1}']) expect((await ask({ ...post, body })).status).toBe(200)
    for (const body of ['{', '[]']) {
      expect((await ask({ ...post, body })).status).toBe(400)
      expect((await ask({ ...remove, body })).status).toBe(200)
      for (const sent of [post, remove])
        expect((await ask({ ...sent, headers: {}, body })).status).toBe(401)
    }
    const elsewhere = { method: 'POST', path: '/api/toy/mixed', headers: withKey() }
    expect((await ask(elsewhere)).status).toBe(400)
  })
  test.each([
    ['application/json', '{', 400, 200],
    ['application/json', '[]', 400, 200],
    ['application/json', 'x'.repeat(600_000), 413, 200],
    ['application/json', '', 200, 200],
    ['application/json', '{"a":1}', 200, 200],
    ['multipart/form-data', 'x', 200, 200],
    ['multipart/form-data; boundary=x', '{', 200, 200],
    ['application/x-www-form-urlencoded', '%', 200, 200],
  ])('a body nobody asked for, %s %.10s: POST %d, DELETE %d', async (type, text, post, remove) => {
    const headers = { ...withKey(), 'Content-Type': type }
    const send = (method: string, path: string) =>
      app.handle(new Request(`http://localhost${path}`, { method, headers, body: text }))
    expect((await send('POST', '/api/toy/spare')).status).toBe(post)
    expect((await send('DELETE', '/api/toy/spare')).status).toBe(remove)
  })
})

test('other origins may ask where keys count, never where only a sign-in does', async () => {
  const mixed = await ask({ path: '/api/toy/mixed' })
  expect(mixed.headers.get('access-control-allow-origin')).toBe('*')
  expect(mixed.headers.get('access-control-allow-credentials')).toBeNull()
  const own = await ask({ path: '/api/toy/session', headers: { Cookie: ann.cookie } })
  expect(own.headers.get('access-control-allow-origin')).toBeNull()
  const preflight = (path: string) =>
    app.handle(toRequest('http://localhost', { method: 'OPTIONS', path }))
  const allowed = (await preflight('/api/toy/mixed')).headers
  expect(allowed.get('access-control-allow-headers')).toContain('Authorization')
  expect(
    (await preflight('/api/toy/session')).headers.get('access-control-allow-headers'),
  ).toBeNull()
})

test('a key is charged on its own, and the refused pay as well', async () => {
  for (let request = 0; request < 3; request++)
    expect((await ask({ path: '/api/toy/mixed', headers: withKey() })).status).toBe(200)
  expect((await ask({ path: '/api/toy/mixed', headers: withKey() })).status).toBe(429)
  const bad = { path: '/api/toy/mixed', headers: { Authorization: 'Bearer sk_nonsense' } }
  for (let request = 0; request < 3; request++) expect((await ask(bad)).status).toBe(401)
  expect((await ask(bad)).status).toBe(429)
})

test('the uses of a key are counted, and stored by a job', async () => {
  const headers = withKey()
  for (let request = 0; request < 3; request++) await ask({ path: '/api/toy/mixed', headers })
  await world.app.jobs.find(({ name }) => name === 'store key uses')?.run()
  const [key] = await world.store.keys.all(1)
  expect(key).toMatchObject({ requestsCount: 3, lastUsedAt: new Date(world.now()) })
})

test('an unknown path below the roots is answered in the envelope', async () => {
  expect(await ask({ path: '/api/toy/nothing' })).toMatchObject({
    status: 404,
    json: { code: 'route_missing' },
  })
})
