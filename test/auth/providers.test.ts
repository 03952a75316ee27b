import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test'
import { OAuth2Server } from 'oauth2-mock-server'
import type { World } from '../world'
import { createBrowser, password, person, signInWorld } from './browser'
import { enrol } from './second-step'

const issuer = new OAuth2Server()
let world: World

/** What the provider says of whoever comes next. */
let claims: Record<string, unknown> = {}

beforeAll(async () => {
  await issuer.issuer.keys.generate('RS256')
  await issuer.start(0, '127.0.0.1')
  issuer.service.on('beforeTokenSigning', ({ payload }) => Object.assign(payload, claims))
  issuer.service.on('beforeUserinfo', (answer) => Object.assign(answer.body, claims))
})
afterAll(() => issuer.stop())
afterEach(() => world.close())

const start = async (env: Record<string, string> = {}) => {
  world = await signInWorld({
    SNUG_OIDC_ISSUER: issuer.issuer.url ?? '',
    SNUG_OIDC_CLIENT_ID: 'snug',
    SNUG_OIDC_CLIENT_SECRET: 'shared secret',
    SNUG_OIDC_NAME: 'House',
    ...env,
  })
}

/** Goes to the provider and comes back; answers where that ends. */
const goThere = async (browser: ReturnType<typeof createBrowser>) => {
  const asked = await browser.post('/sign-in/social', {
    provider: 'oidc',
    callbackURL: '/admin',
    errorCallbackURL: '/auth',
  })
  expect(asked.status).toBe(200)
  const { url } = (await asked.json()) as { url: string }
  expect(new URL(url).searchParams.get('redirect_uri')).toBe(
    'http://localhost/api/auth/callback/oidc',
  )
  const there = await fetch(url, { redirect: 'manual' })
  const back = new URL(there.headers.get('location') ?? '')
  return browser.get(`/callback/oidc${back.search}`)
}

test('somebody whom the provider knows by a proved address gets into their account', async () => {
  await start()
  const ada = await person(world, 'ada')
  claims = { sub: 'ada-1', email: 'ada@example.com', email_verified: true, name: 'Ada L.' }
  const browser = createBrowser(world)
  const answer = await goThere(browser)
  expect([answer.status, answer.headers.get('location')]).toEqual([302, '/admin'])
  expect(await browser.who()).toBe('ada@example.com')
  const { db, tables } = world.store.signIn
  const identities = db.select().from(tables.account).all()
  expect(identities).toContainEqual(
    expect.objectContaining({ ownerId: ada.id, providerId: 'oidc', subject: 'ada-1' }),
  )
  expect(JSON.stringify(identities)).not.toContain('eyJ') // no token of the provider

  claims = { ...claims, email: 'renamed@example.com' }
  const again = createBrowser(world)
  await goThere(again)
  expect(await again.who()).toBe('ada@example.com')
})

test('an address that the provider has not proved opens no account', async () => {
  await start({ SNUG_SIGNUP: 'open' })
  await person(world, 'ada')
  claims = { sub: 'eve-1', email: 'ada@example.com', email_verified: false, name: 'Eve' }
  const browser = createBrowser(world)
  const answer = await goThere(browser)
  expect(answer.headers.get('location')).toMatch(/^\/auth\?error=/)
  expect(await browser.who()).toBeNull()
})

test('nor does it make one', async () => {
  await start({ SNUG_SIGNUP: 'open' })
  for (const email_verified of [false, 'false', undefined]) {
    claims = { sub: 'eve-2', email: 'eve@example.com', email_verified, name: 'Eve' }
    const browser = createBrowser(world)
    const answer = await goThere(browser)
    expect(answer.headers.get('location')).toMatch(/^\/auth\?error=email_not_proved/)
    expect(await browser.who()).toBeNull()
  }
  expect(await world.app.core.accounts.byEmail('eve@example.com')).toBeNull()
})

test('an address that somebody signed up with unproved is not connected to who has proved it', async () => {
  await start({ SNUG_SIGNUP: 'open' })
  const thief = { name: 'M', email: 'ada@example.com', password }
  expect((await createBrowser(world).post('/sign-up/email', thief)).status).toBe(200)
  claims = { sub: 'ada-1', email: 'ada@example.com', email_verified: true, name: 'Ada' }
  const browser = createBrowser(world)
  await goThere(browser)
  expect(await browser.who()).toBeNull()
})

test.each(['a second step', 'a passkey'])('a provider does not pass over %s', async (what) => {
  await start()
  const ada = await person(world, 'ada')
  const here = createBrowser(world)
  if (what === 'a second step') await enrol(here, 'ada')
  else {
    await here.signIn('ada')
    const { db, tables } = world.store.signIn
    const passkey = { publicKey: 'x', credentialID: 'x', counter: 0, deviceType: 'x' }
    db.insert(tables.passkey)
      .values({ ...passkey, backedUp: false, accountId: ada.id })
      .run()
  }
  claims = { sub: 'ada-1', email: 'ada@example.com', email_verified: true, name: 'Ada' }
  const stranger = createBrowser(world)
  const refused = await goThere(stranger)
  expect(refused.headers.get('location')).toMatch(/^\/auth\?error=second_step_first/)
  expect(await stranger.who()).toBeNull()

  const asked = await here.post('/link-social', { provider: 'oidc', callbackURL: '/admin' })
  const { url } = (await asked.json()) as { url: string }
  const there = await fetch(url, { redirect: 'manual' })
  const back = new URL(there.headers.get('location') ?? '')
  const linked = await here.get(`/callback/oidc${back.search}`)
  expect(linked.headers.get('location')).toBe('/admin')
  const again = createBrowser(world)
  await goThere(again)
  expect(await again.who()).toBe('ada@example.com')
})

test('strangers get an account only where they may sign up', async () => {
  await start()
  claims = { sub: 'bob-1', email: 'bob@example.com', email_verified: true, name: 'Bob' }
  const browser = createBrowser(world)
  const refused = await goThere(browser)
  expect(refused.headers.get('location')).toMatch(/^\/auth\?error=signup_disabled/)
  expect(await browser.who()).toBeNull()
  expect(await world.app.core.accounts.byEmail('bob@example.com')).toBeNull()

  await world.app.core.settings.change({ signup: 'open', defaultPlan: 'free' })
  await goThere(browser)
  expect(await browser.who()).toBe('bob@example.com')
  expect(await world.app.core.accounts.byEmail('bob@example.com')).toMatchObject({
    kind: 'user',
    role: 'member',
    plan: 'free',
    displayName: 'Bob',
  })
})

test('a configured address with a path is where providers and errors lead back to', async () => {
  await start({ SNUG_BASE_URL: 'https://example.com/go' })
  await person(world, 'ada')
  const browser = createBrowser(world, 'https://example.com')
  expect((await browser.signIn('ada')).status).toBe(200)
  const asked = await browser.post('/sign-in/social', {
    provider: 'oidc',
    callbackURL: '/go/admin',
  })
  const { url } = (await asked.json()) as { url: string }
  expect(new URL(url).searchParams.get('redirect_uri')).toBe(
    'https://example.com/go/api/auth/callback/oidc',
  )
  const made = await browser.get('/callback/oidc?code=made-up&state=made-up')
  expect(made.headers.get('location')).toMatch(/^\/go\/auth\?error=/)
})

test('a suspended account is out, whoever vouches for it', async () => {
  await start()
  const ada = await person(world, 'ada')
  await world.app.core.accounts.patch(ada.id, { suspended: true })
  claims = { sub: 'ada-1', email: 'ada@example.com', email_verified: true, name: 'Ada' }
  const browser = createBrowser(world)
  const answer = await goThere(browser)
  expect(answer.headers.get('location') ?? '').not.toBe('/admin')
  expect(await browser.who()).toBeNull()
})

test('a guest’s links come along through a provider, too', async () => {
  await start()
  await person(world, 'ada')
  claims = { sub: 'ada-1', email: 'ada@example.com', email_verified: true, name: 'Ada' }
  const guest = await world.app.core.guests.open()
  const browser = createBrowser(world)
  browser.jar.set('snug_guest', guest.secret)
  await goThere(browser)
  expect(await world.app.core.guests.resume(guest.secret)).toBeNull()
  expect(browser.jar.has('snug_guest')).toBe(false)
})

test('an answer that nobody asked for, or that somebody else asked for, signs nobody in', async () => {
  await start()
  await person(world, 'ada')
  claims = { sub: 'ada-1', email: 'ada@example.com', email_verified: true, name: 'Ada' }
  const stranger = createBrowser(world)
  const made = await stranger.get('/callback/oidc?code=made-up&state=made-up')
  expect(made.headers.get('location')).toMatch(/^\/auth\?error=/)

  const asked = await createBrowser(world).post('/sign-in/social', {
    provider: 'oidc',
    callbackURL: '/admin',
  })
  const { url } = (await asked.json()) as { url: string }
  const back = (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? ''
  await stranger.get(`/callback/oidc${new URL(back).search}`)
  expect(await stranger.who()).toBeNull()
})

test('the ways in are told, and those that are not there are refused', async () => {
  await start({
    SNUG_GITHUB_CLIENT_ID: 'a',
    SNUG_GITHUB_CLIENT_SECRET: 'b',
    SNUG_GOOGLE_CLIENT_ID: 'c',
  })
  const session = await world.send({ path: '/api/snug/v1/session' })
  expect(((await session.json()) as { providers: unknown }).providers).toEqual([
    { id: 'oidc', name: 'House' },
    { id: 'github', name: 'GitHub' },
  ])
  const browser = createBrowser(world)
  const ask = (provider: string) =>
    browser.post('/sign-in/social', { provider, callbackURL: '/admin' })
  const github = (await (await ask('github')).json()) as { url: string }
  expect(github.url).toStartWith('https://github.com/login/oauth/authorize?')
  for (const provider of ['google', 'facebook', 'x'])
    expect((await ask(provider)).status).toBeGreaterThanOrEqual(400)
})

test('a provider that is away is told to the operator, and keeps nobody from a password', async () => {
  await start({ SNUG_OIDC_ISSUER: 'http://127.0.0.1:1' })
  await person(world, 'ada')
  const browser = createBrowser(world)
  const away = await browser.post('/sign-in/social', { provider: 'oidc', callbackURL: '/admin' })
  expect(away.status).toBe(404)
  expect(world.lines.join()).toContain('Discovery fetch failed')
  expect((await browser.signIn('ada')).status).toBe(200)
})

test('a provider that never answers holds up nobody but those who come by it', async () => {
  using silent = Bun.listen({ hostname: '127.0.0.1', port: 0, socket: { data: () => {} } })
  await start({ SNUG_OIDC_ISSUER: `http://127.0.0.1:${silent.port}` })
  await person(world, 'ada')
  const browser = createBrowser(world)
  const waiting = browser.post('/sign-in/social', { provider: 'oidc', callbackURL: '/admin' })
  expect((await browser.signIn('ada')).status).toBe(200)
  silent.stop(true)
  expect((await waiting).status).toBe(404)
})

test('a provider that is being linked is not, once the account has a new password', async () => {
  await start()
  const ada = await person(world, 'ada')
  claims = { sub: 'eve-1', email: 'ada@example.com', email_verified: true, name: 'Eve' }
  const link = async (meanwhile: () => Promise<unknown>) => {
    const browser = createBrowser(world)
    await browser.signIn('ada')
    const asked = await browser.post('/link-social', { provider: 'oidc', callbackURL: '/admin' })
    const { url } = (await asked.json()) as { url: string }
    const there = await fetch(url, { redirect: 'manual' })
    await meanwhile()
    await browser.get(`/callback/oidc${new URL(there.headers.get('location') ?? '').search}`)
    const { db, tables } = world.store.signIn
    return db.select().from(tables.account).all().length
  }
  const { accounts } = world.app.core
  expect(await link(() => accounts.patch(ada.id, { password }))).toBe(1)
  expect(await link(async () => {})).toBe(2)
})
