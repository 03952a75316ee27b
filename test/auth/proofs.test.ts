import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'bun:test'
import { createMailBox } from '../mail-box'
import type { World } from '../world'
import { createBrowser, password, person, signInWorld } from './browser'
import { codeOf, type Enrolment, enrol } from './second-step'

let box: Awaited<ReturnType<typeof createMailBox>>
let world: World
let ada: { id: number }
let browser: ReturnType<typeof createBrowser>
let enrolment: Enrolment

beforeAll(async () => {
  box = await createMailBox()
})
afterAll(() => box.close())
beforeEach(async () => {
  world = await signInWorld({ SNUG_SMTP_URL: box.url, SNUG_MAIL_FROM: 'snug@example.com' })
  ada = await person(world, 'ada')
  await person(world, 'bob', 'admin')
  browser = createBrowser(world)
  enrolment = await enrol(browser, 'ada')
})
afterEach(() => world.close())

const another = 'another good password'

/** Asks for a mail that leads to a new password; returns its token. */
const mailed = async (name = 'ada') => {
  await createBrowser(world).post('/request-password-reset', { email: `${name}@example.com` })
  return /\/auth\?token=([A-Za-z0-9_-]+)/.exec(await box.next())?.[1] ?? ''
}

const setBy = (token: string, newPassword: string) =>
  createBrowser(world).post('/reset-password', { token, newPassword })

/** A browser that brought the password and is asked for the second step. */
const halfWay = async () => {
  const half = createBrowser(world)
  await half.signIn('ada')
  return half
}

const changes: [string, () => Promise<unknown>][] = [
  [
    'a new password by session',
    () => browser.post('/change-password', { currentPassword: password, newPassword: another }),
  ],
  [
    'a new password by an administrator or the command line',
    () => world.app.core.accounts.patch(ada.id, { password: another }),
  ],
  ['a new password by a newer mail', async () => setBy(await mailed(), another)],
  ['a new address', () => world.app.core.accounts.patch(ada.id, { email: 'ada.new@example.com' })],
  [
    'a suspension that is over',
    async () => {
      await world.app.core.accounts.patch(ada.id, { suspended: true })
      await world.app.core.accounts.patch(ada.id, { suspended: false })
    },
  ],
]

test.each(changes)('after %s no older mail sets a password', async (_, change) => {
  const [first, second] = [await mailed(), await mailed()]
  const others = await mailed('bob')
  await change()
  for (const token of [first, second]) {
    const answer = await setBy(token, 'whatever they like')
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ code: 'INVALID_TOKEN' })
  }
  expect((await setBy(others, another)).status).toBe(200)
})

test.each(changes)('after %s no sign-in goes on half-way', async (_, change) => {
  const half = await halfWay()
  await change()
  const code = codeOf(enrolment)
  expect((await half.post('/two-factor/verify-totp', { code })).status).toBe(401)
  expect(await half.who()).toBeNull()
})

test('what changes nothing about signing in leaves a mail and half a sign-in alone', async () => {
  const [token, half] = [await mailed(), await halfWay()]
  await world.app.core.accounts.patch(ada.id, { displayName: 'Ada L.', plan: 'pro' })
  await world.app.core.accounts.patch(ada.id, { email: 'Ada@Example.com', suspended: false })
  expect((await half.post('/two-factor/verify-totp', { code: codeOf(enrolment) })).status).toBe(200)
  expect((await setBy(token, another)).status).toBe(200)
})
