import { describe, expect, test } from 'bun:test'
import type { World } from '../world'
import { createBrowser, password, person, signInWorld } from './browser'

/** Runs some work in a world where ada has an account. */
const inWorld = async (env: Record<string, string>, work: (world: World) => Promise<void>) => {
  const world = await signInWorld(env)
  try {
    await person(world, 'ada')
    await work(world)
  } finally {
    await world.close()
  }
}

const ada = { email: 'ada@example.com', password }

describe('without a configured address', () => {
  test.each([
    'http://192.168.7.20:3000',
    'http://go',
    'http://s',
    'http://[fd00::1]:3000',
    'http://snug.lan:8080',
  ])('people sign in, act and sign out on %s', (origin) =>
    inWorld({}, async (world) => {
      const browser = createBrowser(world, origin)
      expect((await browser.signIn('ada')).status).toBe(200)
      expect(await browser.who()).toBe('ada@example.com')
      expect((await browser.post('/update-user', { name: 'Ada' })).status).toBe(200)
      expect((await browser.post('/sign-out')).status).toBe(200)
      expect(await browser.who()).toBeNull()
    }),
  )

  test('a trusted proxy’s https is https, an untrusted one’s word is nothing', async () => {
    const env = { SNUG_TRUSTED_PROXIES: 'loopback' }
    await inWorld(env, async (world) => {
      const browser = createBrowser(world, 'https://go.example')
      const answer = await browser.send({
        path: '/api/auth/sign-in/email',
        body: ada,
        headers: { 'X-Forwarded-Proto': 'https' },
      })
      expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-snug\.session_token=.*; Secure/)
    })
    await inWorld({ SNUG_TRUSTED_PROXIES: '' }, async (world) => {
      const answer = await createBrowser(world, 'http://go.example').send({
        path: '/api/auth/sign-in/email',
        body: ada,
        headers: { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'evil.example' },
      })
      expect(answer.headers.getSetCookie()[0]).toMatch(/^snug\.session_token=/)
    })
  })
})

describe('with SNUG_BASE_URL behind a proxy that ends TLS', () => {
  const env = { SNUG_BASE_URL: 'https://go.example', SNUG_TRUSTED_PROXIES: '' }

  test('people sign in, by a cookie bound to this host', () =>
    inWorld(env, async (world) => {
      const browser = createBrowser(world, 'https://go.example')
      const answer = await browser.signIn('ada')
      const [line = ''] = answer.headers.getSetCookie()
      expect(line).toMatch(/^__Host-snug\.session_token=/)
      for (const part of ['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/'])
        expect(line).toContain(part)
      expect(line).not.toContain('Domain')
      expect(await browser.who()).toBe('ada@example.com')
      expect((await browser.post('/sign-out')).status).toBe(200)
    }))

  test('no other origin may ask, not even one that calls itself the same', () =>
    inWorld(env, async (world) => {
      const browser = createBrowser(world, 'http://192.168.7.20:3000')
      expect((await browser.signIn('ada')).status).toBe(403)
      const itself = { path: '/api/auth/sign-in/email', body: ada }
      const headers = { 'Sec-Fetch-Site': 'same-origin' }
      expect((await browser.send({ ...itself, headers })).status).toBe(403)
      expect(browser.jar.size).toBe(0)
    }))
})

describe('another site', () => {
  const foreign: Record<string, string>[] = [
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
    { Origin: 'http://localhost.evil.example' },
    { Origin: 'http://localhost:1' },
    { Origin: '', 'Sec-Fetch-Site': 'cross-site' },
    { Origin: '', 'Sec-Fetch-Site': 'same-site' },
  ]

  test('can’t sign anybody in', () =>
    inWorld({}, async (world) => {
      for (const headers of foreign) {
        const browser = createBrowser(world)
        const answer = await browser.send({ path: '/api/auth/sign-in/email', body: ada, headers })
        expect(answer.status).toBe(403)
        expect(answer.headers.getSetCookie()).toEqual([])
      }
    }))

  test('can’t act for somebody who is', () =>
    inWorld({}, async (world) => {
      const browser = createBrowser(world)
      await browser.signIn('ada')
      for (const headers of foreign) {
        const change = { path: '/api/auth/update-user', body: { name: 'Eve' }, headers }
        expect((await browser.send(change)).status).toBe(403)
        const keys = { path: '/api/snug/v1/keys', body: { name: 'stolen' }, headers }
        expect((await browser.send(keys)).status).toBe(403)
      }
      const account = await world.app.core.accounts.byEmail('ada@example.com')
      expect(account?.displayName).toBe('ada')
      for (const type of ['application/x-www-form-urlencoded', 'text/plain']) {
        const headers = { 'Content-Type': type, 'Sec-Fetch-Site': 'same-origin' }
        const form = { path: '/api/auth/update-user', body: 'name=Eve', headers }
        expect((await browser.send(form)).status).toBe(403)
      }
      expect((await browser.send({ path: '/api/auth/sign-out', method: 'POST' })).status).toBe(403)
      expect(await browser.who()).toBe('ada@example.com')
    }))

  test('is answered without leave to read', () =>
    inWorld({}, async (world) => {
      const answer = await createBrowser(world).send({
        path: '/api/auth/get-session',
        headers: { Origin: 'https://evil.example' },
      })
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
      expect(answer.headers.get('cache-control')).toBe('no-store')
    }))
})

test('a program without cookies needs to say nothing of where it comes from', () =>
  inWorld({}, async (world) => {
    const answer = await world.send({ path: '/api/auth/sign-in/email', body: ada })
    expect(answer.status).toBe(200)
    expect(answer.headers.getSetCookie()).toHaveLength(1)
  }))

test('a session cookie of plain http counts for nothing under https', () =>
  inWorld({ SNUG_BASE_URL: 'https://go.example' }, async (world) => {
    const browser = createBrowser(world, 'https://go.example')
    await browser.signIn('ada')
    const token = browser.jar.get('__Host-snug.session_token') ?? ''
    browser.jar.clear()
    browser.jar.set('snug.session_token', token)
    expect(await browser.who()).toBeNull()
  }))

test('of two session cookies the first counts, for everybody', () =>
  inWorld({}, async (world) => {
    await person(world, 'bob')
    const [ada, bob] = [createBrowser(world), createBrowser(world)]
    await ada.signIn('ada')
    await bob.signIn('bob')
    const [first, second] = [ada, bob].map(
      ({ jar }) => `snug.session_token=${jar.get('snug.session_token')}`,
    )
    const headers = { Cookie: `${first}; ${second}` }
    const ours = await world.send({ path: '/api/snug/v1/session', headers })
    const theirs = await world.send({ path: '/api/auth/get-session', headers })
    for (const answer of [ours, theirs]) expect(await answer.text()).toContain('ada@example.com')
    await world.app.core.accounts.patch(1, { suspended: true })
    const ended = await world.send({ path: '/api/auth/get-session', headers })
    expect(await ended.json()).toBeNull()
  }))
