import { afterEach, beforeEach, expect, test } from 'bun:test'
import type { World } from '../world'
import { type Authenticator, createAuthenticator } from './authenticator'
import { createBrowser, password, person, signInWorld } from './browser'
import { codeOf, enrol, secretOf } from './second-step'

let world: World
beforeEach(async () => {
  world = await signInWorld()
  await person(world, 'ada')
})
afterEach(() => world.close())

const json = async <T>(answer: Response): Promise<T> => (await answer.json()) as T

/** A base32 secret as the library keeps it, under seal. */
const decodeBase32 = (text: string) => {
  const bits = [...text]
    .map((letter) =>
      'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
    )
    .join('')
  return (bits.match(/.{8}/g) ?? [])
    .map((byte) => String.fromCharCode(Number(`0b${byte}`)))
    .join('')
}

test('a second factor is asked for once it was proved, and nothing counts before it', async () => {
  const first = createBrowser(world)
  await first.signIn('ada')
  await first.post('/two-factor/enable', { password })
  expect((await createBrowser(world).signIn('ada')).status).toBe(200) // not proved, not in force

  const enrolment = await enrol(first, 'ada')
  expect(await first.who()).toBe('ada@example.com')
  const browser = createBrowser(world)
  expect(await json<object>(await browser.signIn('ada'))).toMatchObject({ twoFactorRedirect: true })
  expect(await browser.who()).toBeNull()
  expect((await browser.post('/two-factor/verify-totp', { code: '000000' })).status).toBe(401)
  expect(await browser.who()).toBeNull()
  const code = codeOf(enrolment)
  expect((await browser.post('/two-factor/verify-totp', { code })).status).toBe(200)
  expect(await browser.who()).toBe('ada@example.com')
})

test('a recovery code opens once; secret and codes are not in the database', async () => {
  const enrolment = await enrol(createBrowser(world), 'ada')
  const { db, tables } = world.store.signIn
  const stored = JSON.stringify(db.select().from(tables.twoFactor).all())
  const { backupCodes } = enrolment
  for (const text of [secretOf(enrolment), decodeBase32(secretOf(enrolment)), ...backupCodes])
    expect(stored).not.toContain(text)
  const use = async () => {
    const browser = createBrowser(world)
    await browser.signIn('ada')
    await browser.post('/two-factor/verify-backup-code', { code: backupCodes[0] })
    return browser.who()
  }
  expect(await use()).toBe('ada@example.com')
  expect(await use()).toBeNull()
})

test('codes can’t be guessed for long', async () => {
  const enrolment = await enrol(createBrowser(world), 'ada')
  const browser = createBrowser(world)
  await browser.signIn('ada')
  for (let tries = 0; tries < 12; tries++)
    await browser.post('/two-factor/verify-totp', { code: String(tries).padStart(6, '0') })
  await browser.post('/two-factor/verify-totp', { code: codeOf(enrolment) })
  expect(await browser.who()).toBeNull()
})

test('turning it off needs the password, or the command line', async () => {
  const browser = createBrowser(world)
  await enrol(browser, 'ada')
  const wrong = await browser.post('/two-factor/disable', { password: 'wrong password' })
  expect(wrong.status).toBe(400)
  expect((await browser.post('/two-factor/disable', { password })).status).toBe(200)
  await enrol(browser, 'ada')
  const ada = await world.app.core.accounts.byEmail('ada@example.com')
  await world.app.core.accounts.dropSecondFactor(ada?.id ?? 0)
  const other = createBrowser(world)
  await other.signIn('ada')
  expect(await other.who()).toBe('ada@example.com')
})

test('whoever found an open session can’t guess its password', async () => {
  const browser = createBrowser(world)
  await browser.signIn('ada')
  const guess = () => browser.post('/two-factor/enable', { password: 'wrong password' })
  for (let tries = 0; tries < 5; tries++) expect((await guess()).status).toBe(400)
  expect((await guess()).status).toBe(429)
  const change = { currentPassword: password, newPassword: 'another password' }
  expect((await browser.post('/change-password', change)).status).toBe(429)
})

test('passkeys are bound to the host that people see', async () => {
  const browser = createBrowser(world, 'http://snug.lan:8080')
  expect((await browser.get('/passkey/generate-register-options')).status).toBe(401)
  await browser.signIn('ada')
  const made = await browser.get('/passkey/generate-register-options?name=Laptop')
  expect(await json<object>(made)).toMatchObject({
    rp: { name: 'snug', id: 'snug.lan' },
    user: { name: 'Laptop' },
    challenge: expect.any(String),
  })
  const asked = await createBrowser(world, 'http://go').get(
    '/passkey/generate-authenticate-options',
  )
  expect(await json<object>(asked)).toMatchObject({ rpId: 'go', challenge: expect.any(String) })
  const forged = await browser.post('/passkey/verify-registration', { response: { id: 'x' } })
  expect(forged.status).toBe(400)
  expect(await json<unknown[]>(await browser.get('/passkey/list-user-passkeys'))).toEqual([])
})

test('a passkey signs in, until it is deleted', async () => {
  const device = createAuthenticator('localhost', 'http://localhost')
  const browser = createBrowser(world)
  await browser.signIn('ada')
  const options = await json<{ challenge: string }>(
    await browser.get('/passkey/generate-register-options'),
  )
  const made = await browser.post('/passkey/verify-registration', {
    name: 'Laptop',
    response: device.register(options.challenge),
  })
  expect(made.status).toBe(200)

  const signIn = async (device: Authenticator) => {
    const other = createBrowser(world)
    const asked = await json<{ challenge: string }>(
      await other.get('/passkey/generate-authenticate-options'),
    )
    const response = device.prove(asked.challenge)
    await other.post('/passkey/verify-authentication', { response })
    return other.who()
  }
  expect(await signIn(device)).toBe('ada@example.com')
  expect(await signIn(createAuthenticator('localhost', 'http://localhost'))).toBeNull()

  const [listed] = await json<{ id: string; name: string }[]>(
    await browser.get('/passkey/list-user-passkeys'),
  )
  expect(listed?.name).toBe('Laptop')
  await person(world, 'bob')
  const bob = createBrowser(world)
  await bob.signIn('bob')
  expect((await bob.post('/passkey/delete-passkey', { id: listed?.id })).ok).toBe(false)
  expect(await signIn(device)).toBe('ada@example.com')
  expect((await browser.post('/passkey/delete-passkey', { id: listed?.id })).status).toBe(200)
  expect(await signIn(device)).toBeNull()
})
