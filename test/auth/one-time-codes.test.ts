import { afterEach, beforeEach, expect, test } from 'bun:test'
import type { World } from '../world'
import { createBrowser, password, person, signInWorld } from './browser'
import { codeOf, type Enrolment, enrol } from './second-step'

let world: World
let enrolment: Enrolment
/** Ada's browser, in which she is signed in. */
let here: ReturnType<typeof createBrowser>

beforeEach(async () => {
  world = await signInWorld()
  await person(world, 'ada')
  here = createBrowser(world)
  enrolment = await enrol(here, 'ada')
})
afterEach(async () => {
  await world.close()
})

type Way = '/two-factor/verify-totp' | '/two-factor/verify-backup-code'

/** A browser that brought the password. */
const halfWay = async () => {
  const browser = createBrowser(world)
  await browser.signIn('ada')
  return browser
}

const brings = async (code: string, way: Way = '/two-factor/verify-totp') => {
  const browser = await halfWay()
  const { status } = await browser.post(way, { code })
  return [status, await browser.who()]
}

const inside = [200, 'ada@example.com']
const outside = [401, null]

test('a code signs in once, whatever browser brings it', async () => {
  const code = codeOf(enrolment)
  expect(await brings(code)).toEqual(inside)
  expect(await brings(code)).toEqual(outside)
  expect(await brings(code)).toEqual(outside)
  expect(await brings(codeOf(enrolment, 1))).toEqual(inside)
})

test('a code that switched the second step on signs nobody in', async () => {
  expect(await brings(codeOf(enrolment, -1))).toEqual(outside)
  await here.post('/two-factor/disable', { password })
  const { totpURI, backupCodes } = (await (
    await here.post('/two-factor/enable', { password })
  ).json()) as Enrolment
  const again = { totpURI, backupCodes }
  const code = codeOf(again)
  expect((await here.post('/two-factor/verify-totp', { code })).status).toBe(200)
  expect((await here.post('/two-factor/verify-totp', { code })).status).toBe(401)
  expect(await brings(code)).toEqual(outside)
})

test('no earlier code counts after a later one', async () => {
  const codes = [-1, 0, 1].map((ahead) => codeOf(enrolment, ahead)) // all as of one moment
  expect(await brings(codes[2] ?? '')).toEqual(inside)
  for (const code of codes) expect(await brings(code)).toEqual(outside)
})

test('a code that a session has tried signs nobody in', async () => {
  const code = codeOf(enrolment)
  expect((await here.post('/two-factor/verify-totp', { code })).status).toBe(200)
  expect(await brings(code)).toEqual(outside)
})

test.each([
  ['code', '/two-factor/verify-totp'],
  ['recovery code', '/two-factor/verify-backup-code'],
] as const)('of sign-ins at the same moment with one %s one gets in', async (_, way) => {
  const code = way.endsWith('totp') ? codeOf(enrolment) : (enrolment.backupCodes[0] ?? '')
  const browsers = [await halfWay(), await halfWay(), await halfWay(), await halfWay()]
  const answers = await Promise.all(browsers.map((browser) => browser.post(way, { code })))
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  const signedIn = await Promise.all(browsers.map((browser) => browser.who()))
  expect(signedIn.filter((email) => email !== null)).toHaveLength(1)
  expect(await brings(code, way)).toEqual(outside)
})

test('a recovery code counts once in a session, too', async () => {
  const [code = ''] = enrolment.backupCodes
  const way = '/two-factor/verify-backup-code'
  expect((await here.post(way, { code })).status).toBe(200)
  expect((await here.post(way, { code })).status).toBe(401)
  expect(await brings(code, way)).toEqual(outside)
})

test('a step taken by a clock that was wrong keeps nobody out', async () => {
  const { db, tables } = world.store.signIn
  const inTenYears = Math.floor((Date.now() + 10 * 365 * 864e5) / 30_000)
  db.update(tables.twoFactor).set({ lastStep: inTenYears }).run()
  const code = codeOf(enrolment)
  expect(await brings(code)).toEqual(inside)
  expect(await brings(code)).toEqual(outside)
})

test('what is no code is refused as such', async () => {
  for (const code of ['', '0', '１２３４５６', ' ', 'x'.repeat(256)])
    expect(await brings(code)).toEqual(outside)
  for (const code of [123456, null, {}, ['123456']])
    expect((await here.post('/two-factor/verify-totp', { code })).status).toBe(400)
  expect((await createBrowser(world).post('/two-factor/verify-totp', { code: '1' })).status).toBe(
    401,
  )
  expect(await brings(codeOf(enrolment))).toEqual(inside)
})

test('guesses of many sign-ins count together, and lock the second step for a while', async () => {
  const guess = async (way: Way, code: string) => {
    const browser = await halfWay()
    const statuses: number[] = []
    for (let tries = 0; tries < 4; tries++)
      statuses.push((await browser.post(way, { code })).status)
    return statuses
  }
  expect(await guess('/two-factor/verify-totp', '000000')).toEqual([401, 401, 401, 401])
  expect(await guess('/two-factor/verify-backup-code', 'abcde-fghij')).toEqual([401, 401, 401, 401])
  expect(await guess('/two-factor/verify-totp', '999999')).toEqual([401, 401, 429, 429])
  expect(await brings(codeOf(enrolment))).toEqual([429, null])
  const [recovery = ''] = enrolment.backupCodes
  expect(await brings(recovery, '/two-factor/verify-backup-code')).toEqual([429, null])
  expect(await here.who()).toBe('ada@example.com')
})
