import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import type { World } from '../world'
import { createBrowser, password, person, signInWorld } from './browser'

let world: World
beforeEach(async () => {
  world = await signInWorld()
  await person(world, 'ada', 'admin')
})
afterEach(() => world.close())

/** Every row of the tables that hold sign-ins, as text. */
const stored = () => {
  const { db, tables } = world.store.signIn
  return JSON.stringify(Object.values(tables).map((table) => db.select().from(table).all()))
}

test('signing in sets one cookie that scripts can’t read, and its token is nowhere else', async () => {
  const browser = createBrowser(world)
  const answer = await browser.send({
    path: '/api/auth/sign-in/email',
    body: { email: 'Ada@Example.com', password },
    headers: {
      'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    },
  })
  expect(answer.status).toBe(200)
  const body = await answer.text()
  const lines = answer.headers.getSetCookie()
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/^snug\.session_token=/)
  for (const part of ['HttpOnly', 'SameSite=Lax', 'Path=/', 'Max-Age=2592000'])
    expect(lines[0]).toContain(part)
  expect(lines[0]).not.toContain('Secure')

  const [token = ''] = browser.jar.get('snug.session_token')?.split('.') ?? []
  expect(token).toMatch(/^[A-Za-z0-9]{32}$/) // 190 bits
  expect(body).not.toContain(token)
  expect(await (await browser.get('/get-session')).text()).not.toContain(token)
  expect(stored()).not.toContain(token)
  expect(stored()).not.toContain('127.0.0.1')
  expect(stored()).not.toContain('Mozilla')
  expect(stored()).toContain('Firefox on Linux')
  expect(await browser.who()).toBe('ada@example.com')
})

test('each sign-in has a token of its own', async () => {
  const browser = createBrowser(world)
  await browser.signIn('ada')
  const first = browser.jar.get('snug.session_token')
  await browser.signIn('ada')
  expect(browser.jar.get('snug.session_token')).not.toBe(first)
})

test('signing out ends the session on the server', async () => {
  const browser = createBrowser(world)
  await browser.signIn('ada')
  const copy = new Map(browser.jar)
  expect((await browser.post('/sign-out')).status).toBe(200)
  expect(browser.jar.size).toBe(0)
  for (const [name, value] of copy) browser.jar.set(name, value)
  expect(await browser.who()).toBeNull()
  expect(await (await browser.get('/get-session')).json()).toBeNull()
})

test('a new password ends every other session and the old password', async () => {
  const [here, there] = [createBrowser(world), createBrowser(world)]
  await here.signIn('ada')
  await there.signIn('ada')
  const change = { currentPassword: password, newPassword: 'another good one' }
  const wrong = await here.post('/change-password', { ...change, currentPassword: 'not this one' })
  expect(wrong.status).toBe(400)
  expect((await here.post('/change-password', change)).status).toBe(200)
  expect(await here.who()).toBe('ada@example.com')
  expect(await there.who()).toBeNull()
  expect((await there.signIn('ada')).status).toBe(401)
  expect((await there.signIn('ada', change.newPassword)).status).toBe(200)
})

test('suspension ends sessions and keys with the next request, and keeps people out', async () => {
  const bob = await person(world, 'bob')
  const { secret } = await world.app.core.keys.mint(bob, {})
  const browser = createBrowser(world)
  await browser.signIn('bob')
  const byKey = () =>
    world.send({ path: '/api/snug/v1/session', headers: { Authorization: `Bearer ${secret}` } })
  expect((await byKey()).status).toBe(200)
  await world.app.core.accounts.patch(bob.id, { suspended: true })
  expect((await byKey()).status).toBe(403)
  expect(await browser.who()).toBeNull()
  const again = await browser.signIn('bob')
  expect(again.status).toBe(403)
  expect(await again.json()).toMatchObject({ code: 'ACCOUNT_SUSPENDED' })
  expect((await browser.signIn('bob', 'wrong password')).status).toBe(401)
  expect(await browser.who()).toBeNull()
})

test('people see where they are signed in, and end it there', async () => {
  await person(world, 'bob')
  const [here, there, other] = [createBrowser(world), createBrowser(world), createBrowser(world)]
  for (const browser of [here, there]) await browser.signIn('ada')
  await other.signIn('bob')
  const list = (await (await here.get('/list-sessions')).json()) as {
    id: number
    current: boolean
  }[]
  expect(list.map(({ current }) => current).sort()).toEqual([false, true])
  const far = list.find(({ current }) => !current)?.id
  expect((await other.post('/revoke-session', { id: far })).status).toBe(404)
  expect((await here.post('/revoke-session', { id: far })).status).toBe(200)
  expect(await there.who()).toBeNull()
  await there.signIn('ada')
  expect((await here.post('/revoke-other-sessions')).status).toBe(200)
  expect([await here.who(), await there.who(), await other.who()]).toEqual([
    'ada@example.com',
    null,
    'bob@example.com',
  ])
  expect((await createBrowser(world).get('/list-sessions')).status).toBe(401)
})

describe('who guesses', () => {
  test('is told the same about people who exist and people who don’t', async () => {
    const browser = createBrowser(world)
    const known = await browser.signIn('ada', 'wrong password')
    const unknown = await browser.signIn('nobody', 'wrong password')
    expect([known.status, unknown.status]).toEqual([401, 401])
    expect(await known.text()).toBe(await unknown.text())
    expect(known.headers.getSetCookie()).toEqual(unknown.headers.getSetCookie())
  })

  test('waits longer and longer after five failures, whoever it is', async () => {
    for (const name of ['ada', 'nobody']) {
      const browser = createBrowser(world)
      const waits: (string | null)[] = []
      for (let tries = 0; tries < 5; tries++)
        expect((await browser.signIn(name, 'wrong password')).status).toBe(401)
      for (let tries = 0; tries < 4; tries++) {
        const refused = await browser.signIn(name, password)
        expect(refused.status).toBe(429)
        const seconds = refused.headers.get('retry-after')
        waits.push(seconds)
        world.pass(Number(seconds) * 1000)
        expect((await browser.signIn(name, 'wrong password')).status).toBe(401)
      }
      expect(waits).toEqual(['1', '2', '4', '8'])
      world.pass(16_000)
    }
    const browser = createBrowser(world)
    expect((await browser.signIn('ada')).status).toBe(200)
    expect((await browser.signIn('ada', 'wrong password')).status).toBe(401)
    expect((await browser.signIn('ada')).status).toBe(200)
  })

  test('gains nothing by many tries at once', async () => {
    const browser = createBrowser(world)
    const tries = Array.from({ length: 12 }, () => browser.signIn('ada', 'wrong password'))
    const statuses = (await Promise.all(tries)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(5)
    expect(statuses.filter((status) => status === 429)).toHaveLength(7)
  })

  test('learns nothing from the time an answer takes', async () => {
    const browser = createBrowser(world)
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] }
    const time = async (kind: 'known' | 'unknown', name: string) => {
      const began = performance.now()
      expect((await browser.signIn(name, 'wrong password')).status).toBe(401)
      times[kind].push(performance.now() - began)
    }
    const gap = () => Math.abs(1 - median(times.known) / median(times.unknown))
    await browser.signIn('ada')
    // a busy machine blurs a few tries; a difference in the work would stay however many there are
    for (let round = 0; round < 60 && (round < 10 || gap() >= 0.2); round++) {
      await person(world, `known${round}`)
      await time('known', `known${round}`)
      await time('unknown', `unknown${round}`)
      world.pass(60_000) // the address's own limits are not the subject
    }
    expect(gap()).toBeLessThan(0.2)
  }, 30_000)
})

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0

describe('an endpoint', () => {
  test('that the list does not name is not there', async () => {
    const browser = createBrowser(world)
    await browser.signIn('ada')
    for (const path of [
      '/ok',
      '/error',
      '/revoke-sessions',
      '/delete-user',
      '/get-access-token',
      '',
    ])
      expect((await browser.get(path)).status).toBe(404)
    expect((await browser.post('/delete-user', { password })).status).toBe(404)
    expect((await browser.post('/update-session', {})).status).toBe(404)
    expect(
      (await browser.send({ method: 'PUT', path: '/api/auth/sign-out', body: {} })).status,
    ).toBe(404)
  })

  test('refuses what it can’t read', async () => {
    const send = (body: string, type = 'application/json') =>
      world.send({ path: '/api/auth/sign-in/email', body, headers: { 'Content-Type': type } })
    for (const body of [
      '{',
      '[]',
      '"x"',
      '{"email":1,"password":2}',
      '{"email":{"toString":1},"password":"x"}',
      '{"email":"x","password":"y"}',
    ])
      expect((await send(body)).status).toBe(400)
    expect(
      (await send('email=a%40example.com&password=x', 'application/x-www-form-urlencoded')).status,
    ).toBe(400)
    expect((await send(JSON.stringify({ email: 'x'.repeat(600_000) }))).status).toBe(413)
    const long = JSON.stringify({ email: 'ada@example.com', password: 'x'.repeat(10_000) })
    expect((await send(long)).status).toBe(400)
  })

  test('never leads to another site', async () => {
    const browser = createBrowser(world)
    for (const callbackURL of [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
      '',
      '/ok\\@evil.example',
      '/\t/evil.example',
      'evil',
      null,
      7,
      { a: 1 },
    ]) {
      const body = { email: 'ada@example.com', password, callbackURL }
      const answer = await browser.post('/sign-in/email', body)
      expect(answer.status).toBe(400)
      expect(answer.headers.get('location')).toBeNull()
    }
    expect(browser.jar.size).toBe(0)
    const stray = await browser.get('/callback/oidc?callbackURL=https://evil.example')
    expect(stray.status).toBe(400)
    const body = { email: 'ada@example.com', password, callbackURL: '/admin/links?page=2' }
    expect((await browser.post('/sign-in/email', body)).status).toBe(200)
  })
})

test('sign-up is off unless the server says otherwise', async () => {
  const body = { email: 'eve@example.com', name: 'Eve', password }
  expect((await createBrowser(world).post('/sign-up/email', body)).status).toBe(403)
  await world.app.core.settings.change({ signup: 'open', defaultPlan: 'free' })
  const browser = createBrowser(world)
  const sent = { ...body, name: `Eve ${'x'.repeat(200)}`, role: 'admin' }
  expect((await browser.post('/sign-up/email', { ...sent, plan: 'pro' })).status).toBe(400)
  expect((await browser.post('/sign-up/email', sent)).status).toBe(200)
  expect((await world.store.accounts.byEmail(sent.email))?.stableId).toMatch(/^[0-9a-f]{32}$/)
  expect((await createBrowser(world).post('/sign-up/email', sent)).status).toBe(409)
  const email = `${'x'.repeat(250)}@example.com`
  expect((await browser.post('/sign-up/email', { ...sent, email })).status).toBe(400)
  expect(await browser.who()).toBe('eve@example.com')
  expect(await world.app.core.accounts.byEmail('eve@example.com')).toMatchObject({
    kind: 'user',
    role: 'member',
    plan: 'free',
    displayName: `Eve ${'x'.repeat(96)}`,
    emailVerified: false,
  })
})

test('a guest who signs in takes the links along', async () => {
  const { guests } = world.app.core
  const guest = await guests.open()
  const now = new Date(world.now())
  await world.store.links.insert({
    code: 'mine',
    destination: 'https://example.com/',
    ownerId: guest.account.id,
    createdAt: now,
    updatedAt: now,
  })
  const browser = createBrowser(world)
  browser.jar.set('snug_guest', guest.secret)
  await browser.signIn('ada', 'wrong password')
  expect(await guests.resume(guest.secret)).not.toBeNull()
  await browser.signIn('ada')
  const ada = await world.app.core.accounts.byEmail('ada@example.com')
  expect((await world.store.links.byCode('', 'mine'))?.ownerId).toBe(ada?.id ?? 0)
  expect(browser.jar.has('snug_guest')).toBe(false)
})
