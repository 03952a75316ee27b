import { afterEach, beforeEach, expect, test } from 'bun:test'
import type { World } from '../world'
import { createBrowser, password, person, signInWorld } from './browser'

let world: World
let ada: { id: number }
beforeEach(async () => {
  world = await signInWorld({ SNUG_RATE_LIMITS: 'off' })
  ada = await person(world, 'ada')
})
afterEach(() => world.close())

const stranger = '203.0.113.7'
const home = '198.51.100.20'

/** What somebody at an address is told who signs in as a person. */
const signIn = (name: string, from: string, secret: string) =>
  createBrowser(world).send({
    path: '/api/auth/sign-in/email',
    headers: { 'X-Forwarded-For': from },
    body: { email: `${name}@example.com`, password: secret },
  })

const statusOf = async (name: string, from: string, secret = password) =>
  (await signIn(name, from, secret)).status

/** Wrong passwords, each as soon as it may be tried. */
const guess = async (name: string, from: string, times: number) => {
  for (let made = 0; made < times; ) {
    const answer = await signIn(name, from, 'wrong password')
    if (answer.status === 401) made++
    else world.pass(Number(answer.headers.get('retry-after')) * 1000)
  }
}

test('a stranger who guesses does not keep the right person out', async () => {
  await guess('ada', stranger, 12)
  expect(await statusOf('ada', stranger)).toBe(429)
  expect(await statusOf('ada', home)).toBe(200)
  expect(await statusOf('ada', stranger)).toBe(429)
})

test('one network is one guesser, however many addresses it has', async () => {
  for (let host = 1; host <= 5; host++) await guess('ada', `2001:db8:1:2::${host}`, 1)
  expect(await statusOf('ada', '2001:db8:1:2:ffff::9')).toBe(429)
  expect(await statusOf('ada', '2001:db8:1:3::1')).toBe(200)
})

test('guesses from everywhere are slowed down together, but not where one got in before', async () => {
  for (let network = 0; network < 24; network++) await guess('ada', `192.0.2.${network}`, 4)
  await guess('ada', home, 3)
  expect(await statusOf('ada', home)).toBe(200) // that forgives its own failures; ninety-nine so far
  await guess('ada', home, 4) // familiar by now: they count there alone
  expect(await statusOf('ada', '192.0.2.100', 'wrong password')).toBe(401)

  const answer = await signIn('ada', '192.0.2.200', password)
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '1'])
  expect(await statusOf('ada', home)).toBe(200)
  world.pass(1000)
  expect(await statusOf('ada', '192.0.2.201', 'wrong password')).toBe(401)
  expect((await signIn('ada', '192.0.2.202', password)).headers.get('retry-after')).toBe('2')
}, 30_000)

test('a new password forgets what was guessed at the old one', async () => {
  await guess('ada', home, 8)
  expect(await statusOf('ada', home)).toBe(429)
  await world.app.core.accounts.patch(ada.id, { password: 'a new password' })
  expect(await statusOf('ada', home, 'a new password')).toBe(200)
  await guess('ada', home, 5)
  expect(await statusOf('ada', home, 'a new password')).toBe(429)
})

test('an account that is made meanwhile is not shut by guesses at nobody', async () => {
  await guess('bob', home, 8)
  expect(await statusOf('bob', home)).toBe(429)
  await person(world, 'bob')
  expect(await statusOf('bob', home)).toBe(200)
})

test('whoever found an open session guesses no faster from many networks, and keeps nobody out', async () => {
  const [found, own] = [createBrowser(world), createBrowser(world)]
  for (const browser of [found, own]) await browser.signIn('ada')
  const enable = async (browser: typeof found, network: number, secret: string) => {
    const answer = await browser.send({
      path: '/api/auth/two-factor/enable',
      headers: { 'X-Forwarded-For': `192.0.2.${network}` },
      body: { password: secret },
    })
    return answer.status
  }
  for (let network = 0; network < 5; network++)
    expect(await enable(found, network, 'wrong password')).toBe(400)
  expect(await enable(found, 100, password)).toBe(429)
  expect(await enable(own, 100, password)).toBe(200)
})
