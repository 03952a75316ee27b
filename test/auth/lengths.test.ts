import { afterEach, beforeEach, expect, test } from 'bun:test'
import type { World } from '../world'
import { createBrowser, password, person, signInWorld } from './browser'

let world: World
beforeEach(async () => {
  world = await signInWorld({ SNUG_RATE_LIMITS: 'off', SNUG_SIGNUP: 'open' })
  await person(world, 'ada')
})
afterEach(() => world.close())

const letters = (count: number) => 'x'.repeat(count)
const address = (length: number) => `${letters(length - '@example.com'.length)}@example.com`

/** An endpoint, one of its fields, the most characters that it takes, and what else it needs. */
const bounds: [path: string, field: string, most: number, body: Record<string, unknown>][] = [
  ['/sign-in/email', 'email', 254, { password }],
  ['/sign-in/email', 'password', 256, { email: 'ada@example.com' }],
  ['/sign-up/email', 'email', 254, { name: 'Eve', password }],
  ['/sign-up/email', 'name', 256, { email: 'eve@example.com', password }],
  ['/sign-up/email', 'password', 256, { email: 'eve@example.com', name: 'Eve' }],
  ['/request-password-reset', 'email', 254, {}],
  ['/reset-password', 'newPassword', 256, { token: 'made up' }],
  ['/reset-password', 'token', 256, { newPassword: password }],
  ['/change-password', 'currentPassword', 256, { newPassword: password }],
  ['/change-password', 'newPassword', 256, { currentPassword: password }],
  ['/update-user', 'name', 256, {}],
  ['/two-factor/enable', 'password', 256, {}],
  ['/two-factor/disable', 'password', 256, {}],
  ['/two-factor/generate-backup-codes', 'password', 256, {}],
  ['/two-factor/verify-totp', 'code', 256, {}],
  ['/two-factor/verify-backup-code', 'code', 256, {}],
  ['/passkey/update-passkey', 'name', 256, { id: '1' }],
  ['/passkey/verify-registration', 'name', 256, { response: {} }],
]

test.each(bounds)('%s refuses a longer %s than %d characters by its length', async (...row) => {
  const [path, field, most, body] = row
  const browser = createBrowser(world)
  if (!/sign|reset/.test(path)) await browser.signIn('ada')
  const text = (length: number) => (field === 'email' ? address(length) : letters(length))
  const send = async (length: number) =>
    (await browser.post(path, { ...body, [field]: text(length) })).text()
  const refused = {
    code: 'INVALID_INPUT',
    message: `${field}: must have at most ${most} characters`,
  }
  expect(await send(most)).not.toContain('must have at most')
  for (const length of [most + 1, 15_000]) expect(JSON.parse(await send(length))).toEqual(refused)
})

test('the name of a new passkey is bounded in the address, too', async () => {
  const browser = createBrowser(world)
  await browser.signIn('ada')
  const ask = (length: number) =>
    browser.get(`/passkey/generate-register-options?name=${letters(length)}`)
  expect((await ask(256)).status).toBe(200)
  expect((await ask(257)).status).toBe(400)
})

test('a body of more than 16 KB is refused, whatever its headers claim', async () => {
  const body = (bytes: number) => {
    const rest = '{"email":"ada@example.com","password":"wrong password","x":""}'.length
    return { email: 'ada@example.com', password: 'wrong password', x: letters(bytes - rest) }
  }
  const browser = createBrowser(world)
  expect((await browser.post('/sign-in/email', body(16_384))).status).not.toBe(413)
  const refused = await browser.post('/sign-in/email', body(16_385))
  expect(refused.status).toBe(413)
  expect(await refused.json()).toMatchObject({ code: 'BODY_TOO_LARGE' })
  const pieces = new ReadableStream({
    pull: (stream) => stream.enqueue(new TextEncoder().encode(letters(4096))),
  })
  const endless = new Request('http://localhost/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Content-Length': '20' },
    body: pieces,
  })
  expect((await world.app.server.handle(endless)).status).toBe(413)
})

test('a body of more than ten levels is refused', async () => {
  const nested = (levels: number): unknown => (levels === 0 ? 1 : { x: nested(levels - 1) })
  const send = async (levels: number) => {
    const body = { email: 'a@example.com', password: 'wrong password', x: nested(levels - 1) }
    return (await createBrowser(world).post('/sign-in/email', body)).text()
  }
  expect(await send(10)).not.toContain('deeper')
  expect(await send(11)).toContain('must not be nested deeper than 10 levels')
})

test.each([
  ['a@a.a.', 'too much for a body', 510 * 1024],
  ['a@a.a.', 'in a body', 16_000],
  [' ', 'in a body', 16_000],
  ['@', 'in a body', 16_000],
])('%p again and again, %s, costs nothing', async (unit, _, size) => {
  const text = unit.repeat(size / unit.length)
  for (const field of ['email', 'password', 'newPassword', 'name', 'code', 'token']) {
    const good = { email: 'ada@example.com', password: 'wrong password' }
    const times: number[] = []
    for (let tries = 0; tries < 5; tries++) {
      const began = performance.now()
      const answer = await createBrowser(world).post('/sign-in/email', { ...good, [field]: text })
      times.push(performance.now() - began)
      expect([400, 413]).toContain(answer.status)
    }
    expect(Math.min(...times)).toBeLessThan(10)
  }
})
