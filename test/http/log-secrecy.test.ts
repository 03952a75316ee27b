import { afterAll, afterEach, beforeEach, expect, spyOn, test } from 'bun:test'
import { DrizzleQueryError } from 'drizzle-orm'
import { concrete, type Route, routesOf } from '../every-route'
import { createWorld, type World } from '../world'

/** Routes that answer without asking the database, so that they can't fail with it. */
const needNoStore = [
  'GET /',
  'GET /health',
  'GET /robots.txt',
  'GET /favicon.ico',
  'GET /metrics',
  'GET /admin',
  'GET /admin/*',
  'GET /admin/assets/:name',
  'GET /auth',
  'GET /auth/*',
  'GET /setup',
  'GET /r',
  'GET /docs',
  'GET /docs/:file',
  'GET /openapi.json',
  'ALL /*',
]

/** Every text that a request below holds has this in it. */
const hush = 'hush'
const key = `sk_${new Bun.CryptoHasher('sha256').update('ann').digest('hex')}` // that of ann
const secrets = [hush, key.slice(3, 20), 'a bound value']

const headers = {
  Authorization: `Bearer ${key}`,
  'X-API-Key': key,
  'X-Customer-Key': key,
  Cookie: `snug.session_token=${hush}cookie.${hush}; session=${hush}; snug_guest=${hush}`,
  Referer: `https://${hush}.example/?${hush}`,
  'User-Agent': hush,
  Origin: 'http://localhost',
}

const body = {
  url: `https://${hush}.example/?${hush}`,
  destination: `https://${hush}.example/`,
  originalUrl: `https://${hush}.example/`,
  access_key: key,
  customer_secret_key: key,
  password: `${hush} password`,
  newPassword: `${hush} password`,
  token: hush,
  code: hush,
  email: `${hush}@example.com`,
  name: hush,
  link_codes: [hush],
  customerKey: key,
}

let world: World
let mend = () => {}

// biome-ignore lint/suspicious/noExplicitAny: whatever it has
type Verbs = Record<string, any>

/**
 * Makes everything of the store that can be called fail, as the database does, with the values it was given.
 * `mend` undoes it.
 */
const breakStore = (store: Verbs, spared: readonly string[] = []) => {
  const fail = () => {
    const url = `https://${hush}:${hush}@db.example/${hush}?${hush}`
    const cause = new Error(`"${hush}" is not valid: ${url}`)
    throw new DrizzleQueryError('select 1', ['a bound value', key, hush], cause)
  }
  const undo: (() => void)[] = []
  for (const [name, noun] of Object.entries(store)) {
    if (spared.includes(name)) continue
    const [owner, verbs]: [Verbs, string[]] =
      typeof noun === 'function' ? [store, [name]] : [noun, Object.keys(noun)]
    for (const verb of verbs) {
      const { [verb]: whole } = owner
      if (typeof whole !== 'function') continue
      owner[verb] = fail
      undo.push(() => {
        owner[verb] = whole
      })
    }
  }
  mend = () => {
    for (const one of undo) one()
  }
}

const drive = (world: World, { method, path }: Route, id = `${hush}path`) => {
  const verb = method === 'ALL' ? 'PUT' : method
  const isBare = verb === 'GET' || verb === 'HEAD' || verb === 'OPTIONS'
  return world.send({
    method: verb,
    path: `${concrete(path, id)}?key=${key}&format=csv&q=${hush}`,
    headers,
    ...(isBare ? {} : { body }),
  })
}

beforeEach(async () => {
  const env = { SNUG_ACCESS_LOG: 'on', SNUG_METRICS_TOKEN: hush, SNUG_RATE_LIMITS: 'off' }
  world = await createWorld(env, { signIn: true })
})
afterEach(async () => {
  mend()
  await world.close()
})

/** What anybody, libraries included, prints past the log. */
const printed: string[] = []
const spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
  spyOn(console, name).mockImplementation((...said: unknown[]) => {
    printed.push(Bun.inspect(said))
  }),
)
afterAll(() => {
  for (const spy of spies) spy.mockRestore()
})

const expectNoSecret = () => {
  expect(printed).toEqual([])
  for (const line of world.lines) for (const secret of secrets) expect(line).not.toContain(secret)
}

test('while the database fails, no route writes anything of its request into the log', async () => {
  breakStore(world.store)
  const survived: string[] = []
  for (const route of routesOf(world)) {
    const name = `${route.method} ${route.path}`
    const before = world.lines.length
    const { status } = await drive(world, route)
    const told = world.lines.slice(before).join('\n')
    if (status >= 500) expect(told, name).toContain('unexpected error at')
    else if (!route.path.startsWith('/api/auth/')) survived.push(name)
  }
  expectNoSecret()
  expect(survived.toSorted()).toEqual(needNoStore.toSorted())
})

test('nor where it fails only once the caller is known', async () => {
  await world.person('ann', { role: 'admin' })
  const { account } = await world.person('bob')
  expect(account.email).toBe('bob@example.com')
  breakStore(world.store, ['keys', 'accounts', 'plans', 'sessions'])
  let failures = 0
  for (const route of routesOf(world))
    for (const id of [`${hush}path`, '1', '0123456789abcdef01234567'])
      if ((await drive(world, route, id)).status >= 500) failures++
  expect(failures).toBeGreaterThan(40)
  expectNoSecret()
})

test('the line names the pattern of the route, and the request', async () => {
  breakStore(world.store)
  const told = async (route: Route, pattern: string) => {
    const requestId = (await drive(world, route)).headers.get('x-request-id') ?? ''
    const line = world.lines.findLast((one) => one.startsWith('unexpected error')) ?? ''
    expect(line).toContain(`method: "${route.method}"`)
    expect(line).toContain(`route: "${pattern}"`)
    expect(line).toContain(requestId)
  }
  await told({ method: 'DELETE', path: '/api/keys/:key' }, '/api/keys/:key')
  await told({ method: 'GET', path: '/api/v1/nothing/at/all' }, '/api/v1/*')
  await told({ method: 'GET', path: '/:code' }, '/{code}')
})
