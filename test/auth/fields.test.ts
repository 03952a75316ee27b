import { afterEach, beforeEach, expect, test } from 'bun:test'
import { endpoints } from '../../src/auth/endpoints'
import { forward } from '../../src/auth/forward'
import type { World } from '../world'
import { createBrowser, password, person, signInWorld } from './browser'

let world: World
beforeEach(async () => {
  world = await signInWorld({ SNUG_RATE_LIMITS: 'off' })
  await person(world, 'ada')
})
afterEach(() => world.close())

/** What the library would read of a request besides its own fields, and more than it. */
const extra = {
  idToken: { token: 'eyJ' },
  scopes: ['admin'],
  loginHint: 'ada@example.com',
  additionalParams: { prompt: 'none' },
  disableRedirect: true,
  requestSignUp: true,
  issuer: 'Bank',
  method: 'otp',
  image: 'https://evil.example/pixel.png',
  userId: 1,
  __proto__: { role: 'admin' },
}

test.each([...endpoints])('%s %s hands on its own fields and no others', async (...endpoint) => {
  const [method, path, fields] = endpoint
  const own = Object.fromEntries(fields.map((field) => [field, `the ${field}`]))
  const query = new URLSearchParams({ ...own, idToken: 'x', disableCookieCache: 'true' })
  const url = `http://localhost/api/auth${path.replace(':id', 'oidc')}?${query}`
  const visit = { path: path.replace(':id', 'oidc'), body: { ...own, ...extra, ...own } }
  const sent = forward(
    { request: new Request(url, { method }), origin: 'http://localhost', network: '', ...visit },
    null,
  )
  const asked = [...new URL(sent.url).searchParams.keys()]
  if (method === 'GET') return expect(asked).toEqual([...fields])
  expect(asked).toEqual([])
  const ours = path === '/change-password' ? ['revokeOtherSessions'] : []
  expect(Object.keys((await sent.json()) as object)).toEqual([...fields, ...ours])
})

test('columns that are ours are refused, wherever they are sent', async () => {
  const browser = createBrowser(world)
  await browser.signIn('ada')
  for (const field of ['kind', 'plan']) {
    const answer = await browser.post('/update-user', { name: 'Ada', [field]: 'pro' })
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      400,
      'INVALID_INPUT',
    ])
  }
})

test('no header of a stranger moves the address that a request was made at', async () => {
  const origin = 'http://go.example'
  const headers = {
    Host: 'go.example',
    Origin: origin,
    Forwarded: 'host=evil.example;proto=https',
    'X-Forwarded-Host': 'evil.example',
    'X-Forwarded-Proto': 'https',
    'X-Forwarded-For': '203.0.113.9',
    'X-Forwarded-Port': '444',
    'X-Forwarded-Prefix': '/evil',
    'X-Original-Host': 'evil.example',
    Referer: 'https://evil.example/',
  }
  const request = new Request(`${origin}/api/auth/sign-in/email`, { method: 'POST', headers })
  const visit = { request, path: '/sign-in/email', body: {}, origin, network: '' }
  const sent = forward(visit, null)
  expect([...sent.headers].flat().join(' ')).not.toMatch(/evil|203\.0\.113|444/)
  expect([new URL(sent.url).origin, sent.headers.get('origin')]).toEqual([origin, origin])
})

test('a sign-in with forwarding headers of a stranger is one without them', async () => {
  const strange = await signInWorld({ SNUG_TRUSTED_PROXIES: '' }, '203.0.113.7')
  await person(strange, 'ada')
  const signIn = async (headers: Record<string, string>) => {
    const answer = await createBrowser(strange, 'http://go.example').send({
      path: '/api/auth/sign-in/email',
      headers,
      body: { email: 'ada@example.com', password },
    })
    const cookies = answer.headers.getSetCookie().map((line) => line.replace(/=[^;]*/, '='))
    return [answer.status, cookies, answer.headers.get('location')]
  }
  const plain = await signIn({})
  expect(plain[0]).toBe(200)
  for (const headers of [
    { 'X-Forwarded-Proto': 'https' },
    { 'X-Forwarded-Host': 'evil.example' },
    { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'https' },
    { Forwarded: 'host=evil.example;proto=https' },
  ] as Record<string, string>[])
    expect(await signIn(headers)).toEqual(plain)
  await strange.close()
})

test('a disk that is full is not an address that is taken', async () => {
  await world.app.core.settings.change({ signup: 'open' })
  const { db } = world.store.signIn
  const { insert } = db
  db.insert = () => {
    throw new Error('database or disk is full')
  }
  const body = { email: 'eve@example.com', name: 'Eve', password }
  const refused = await createBrowser(world).post('/sign-up/email', body)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
  db.insert = insert
  expect((await createBrowser(world).post('/sign-up/email', body)).status).toBe(200)
  const again = await createBrowser(world).post('/sign-up/email', body)
  expect([again.status, again.headers.get('retry-after')]).toEqual([409, null])
})
