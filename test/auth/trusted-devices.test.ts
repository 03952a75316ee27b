import { afterEach, beforeEach, expect, test } from 'bun:test'
import type { World } from '../world'
import { createBrowser, password, person, signInWorld } from './browser'
import { codeOf, type Enrolment, enrol } from './second-step'

let world: World
let ada: { id: number }
/** Ada's browser, in which she is signed in. */
let here: ReturnType<typeof createBrowser>
/** Another one of hers, trusted not to be asked for the second step. */
let trusted: ReturnType<typeof createBrowser>
let enrolment: Enrolment

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

beforeEach(async () => {
  world = await signInWorld()
  ada = await person(world, 'ada')
  here = createBrowser(world)
  enrolment = await enrol(here, 'ada')
  trusted = createBrowser(world)
  await trusted.signIn('ada')
  const body = { code: codeOf(enrolment), trustDevice: true }
  const headers = { 'User-Agent': firefox }
  const proved = await trusted.send({ path: '/api/auth/two-factor/verify-totp', body, headers })
  expect(proved.status).toBe(200)
})
afterEach(() => world.close())

const another = 'another good password'

/** Whether the trusted browser gets in by a password alone. */
const getsIn = async (secret = password) => {
  trusted.jar.delete('snug.session_token')
  await trusted.signIn('ada', secret)
  return (await trusted.who()) !== null
}

type Device = { id: number; label: string; current: boolean; createdAt: string; expiresAt: string }

const devicesOf = async (browser: typeof here) =>
  (await (await browser.get('/list-trusted-devices')).json()) as Device[]

test('trust lasts from one sign-in to the next, and is listed', async () => {
  expect(await getsIn()).toBe(true)
  expect(await getsIn()).toBe(true)
  expect(await devicesOf(here)).toMatchObject([{ current: false }])
  const [device] = await devicesOf(trusted)
  expect(device).toEqual({
    id: expect.any(Number),
    label: 'Unknown', // a program signed in last
    current: true,
    createdAt: expect.any(String),
    expiresAt: expect.any(String),
  })
  const days = (Date.parse(device?.expiresAt ?? '') - Date.parse(device?.createdAt ?? '')) / 864e5
  expect(days).toBeCloseTo(30, 3)
  expect((await createBrowser(world).get('/list-trusted-devices')).status).toBe(401)
})

test('a device is shown by what it is', async () => {
  expect(await devicesOf(here)).toMatchObject([{ label: 'Firefox on Linux' }])
})

test.each<[string, () => Promise<unknown>, string]>([
  [
    'a new password by session',
    () => here.post('/change-password', { currentPassword: password, newPassword: another }),
    another,
  ],
  [
    'a new password by an administrator or the command line',
    () => world.app.core.accounts.patch(ada.id, { password: another }),
    another,
  ],
  ['ending every other session', () => here.post('/revoke-other-sessions'), password],
  [
    'a second step that is another one now',
    async () => {
      await here.post('/two-factor/disable', { password })
      await enrol(here, 'ada')
    },
    password,
  ],
  [
    'a second step dropped by the command line and set up again',
    async () => {
      await world.app.core.accounts.dropSecondFactor(ada.id)
      await enrol(here, 'ada')
    },
    password,
  ],
  [
    'a suspension that is over',
    async () => {
      await world.app.core.accounts.patch(ada.id, { suspended: true })
      await world.app.core.accounts.patch(ada.id, { suspended: false })
    },
    password,
  ],
  [
    'being forgotten there',
    async () => {
      const [device] = await devicesOf(here)
      expect((await here.post('/forget-trusted-device', { id: device?.id })).status).toBe(200)
      expect(await devicesOf(here)).toEqual([])
    },
    password,
  ],
])('%s ends the trust in a device', async (_, change, secret) => {
  expect(await getsIn()).toBe(true)
  await change()
  expect(await getsIn(secret)).toBe(false)
})

test('nobody forgets the devices of others, or what is no device', async () => {
  await person(world, 'bob')
  const bob = createBrowser(world)
  await bob.signIn('bob')
  expect(await devicesOf(bob)).toEqual([])
  const [device] = await devicesOf(here)
  for (const id of [device?.id, 0, 999, '1', null, {}])
    expect((await bob.post('/forget-trusted-device', { id })).status).toBe(404)
  const half = createBrowser(world)
  await half.signIn('ada')
  const { db, tables } = world.store.signIn
  for (const { id, identifier } of db.select().from(tables.verification).all())
    if (!identifier.startsWith('trust~'))
      expect((await here.post('/forget-trusted-device', { id })).status).toBe(404)
  expect(await getsIn()).toBe(true)
})

test.each([2, 24, 3650 * 24])(
  'trust that a clock wrong by %d hours gave does not count',
  async (hours) => {
    const { db, tables } = world.store.signIn
    const date = (ahead: number) =>
      db
        .update(tables.verification)
        .set({ createdAt: new Date(Date.now() + ahead * 3_600_000) })
        .run()
    date(0.5)
    expect(await getsIn()).toBe(true)
    date(hours)
    expect(await getsIn()).toBe(false)
  },
)
