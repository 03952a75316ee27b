import { afterAll, beforeAll, expect, test } from 'bun:test'
import { slowness } from '../pace'
import { createWorld, type World } from '../world'

let world: World
let cookie: string
beforeAll(async () => {
  world = await createWorld({ SNUG_RATE_LIMITS: 'off', SNUG_TRUSTED_PROXIES: 'loopback' })
  cookie = (await world.person('ada', { role: 'admin' })).cookie
})
afterAll(() => world.close())

/** The best time that a request takes in ms, on a machine that does other things as well. */
const timeOf = async (send: () => Promise<Response>) => {
  const times: number[] = []
  for (let tries = 0; tries < 6; tries++) {
    const began = performance.now()
    await (await send()).text()
    times.push(performance.now() - began)
  }
  return Math.min(...times)
}

const account = { email: 'bob@example.com', password: 'a good password' }
const units = ['a@a.a.', ' ', '.', '@', '-', '1:', '# ', '::1, ']

test.each([
  ['/api/snug/v1/setup', { ...account, token: 'x' }, 'email'],
  ['/api/snug/v1/setup', { ...account, token: 'x' }, 'token'],
  ['/api/snug/v1/setup', { ...account, token: 'x' }, 'password'],
  ['/api/snug/v1/accounts', account, 'email'],
  ['/api/snug/v1/accounts', account, 'password'],
  ['/api/snug/v1/accounts', account, 'displayName'],
  ['/api/snug/v1/accounts', account, 'planExpiresAt'],
  ['/api/snug/v1/keys', {}, 'expiresAt'],
  ['/api/snug/v1/links', { destination: 'https://example.com/' }, 'startsAt'],
])('%s %p: half a megabyte of %s is refused at once', async (path, body, field) => {
  for (const unit of units) {
    const text = unit.repeat(500_000 / unit.length)
    const headers = { Cookie: cookie, Origin: 'http://localhost' }
    const send = () => world.send({ path, headers, body: { ...body, [field]: text } })
    expect((await send()).ok).toBe(false)
    expect(await timeOf(send)).toBeLessThan(25 * slowness()) // some 2 ms of it is JSON; a pattern took 150
  }
})

test.each([
  'X-Forwarded-For',
  'X-Forwarded-Host',
  'Authorization',
  'Cookie',
  'User-Agent',
  'Referer',
  'Accept-Language',
  'Accept-Encoding',
  'Content-Type',
])('sixteen kilobytes of %s are read at once', async (name) => {
  const limit = 10 * slowness() // a pattern took twelve
  for (const unit of [...units, 'a=b; ', 'en;q=0.1,', '1.1.1.1, ', 'bot', 'Mozilla/5.0 (']) {
    const headers = { [name]: `Bearer ${unit.repeat(16_000 / unit.length)}` }
    for (const path of ['/api/snug/v1/session', '/api/auth/get-session', '/nothing'])
      expect(await timeOf(() => world.send({ path, headers }))).toBeLessThan(limit)
  }
})
