import { afterEach, beforeEach, expect, test } from 'bun:test'
import { createWorld, type World } from '../world'
import { createBrowser, password, person } from './browser'

let world: World
let admin: ReturnType<typeof createBrowser>
let thief: ReturnType<typeof createBrowser>
let path: string

const email = 'cfo@corp.example'

beforeEach(async () => {
  world = await createWorld(
    { SNUG_TRUST_REMOTE_USER: 'on', SNUG_TRUSTED_PROXIES: '10.0.0.0/8', SNUG_SIGNUP: 'open' },
    { signIn: true, peer: '10.1.2.3' },
  )
  await person(world, 'root', 'admin')
  admin = createBrowser(world)
  await admin.signIn('root')
  thief = createBrowser(world)
  expect((await thief.post('/sign-up/email', { name: 'M', email, password })).status).toBe(200)
  const account = await world.app.core.accounts.byEmail(email)
  path = `/api/snug/v1/accounts/${account?.id}`
})
afterEach(() => world.close())

const change = (body: Record<string, unknown>) => admin.send({ path, method: 'PATCH', body })

test.each([
  { role: 'admin' },
  { role: 'admin', email },
  { plan: 'free' },
  { password: 'another good password' },
])('an administrator does not give %j to an unproved address unawares', async (gift) => {
  const refused = await change({ displayName: 'CFO', ...gift })
  expect([refused.status, await refused.json()]).toEqual([
    400,
    expect.objectContaining({ fault: 'input_invalid', detail: expect.stringContaining('proved') }),
  ])
  expect(await world.app.core.accounts.byEmail(email)).toMatchObject({
    role: 'member',
    plan: 'enterprise',
    displayName: 'M',
    emailVerified: false,
  })
  expect(await thief.who()).toBe(email)
  const given = await change({ ...gift, unproved: true })
  expect([given.status, await given.json()]).toEqual([
    200,
    expect.objectContaining({ emailProved: false }),
  ])
})

test('what gives nothing is as it was, and proves nothing', async () => {
  const same = { email: 'CFO@Corp.Example', role: 'member', plan: 'enterprise', displayName: 'C' }
  const saved = await change(same)
  expect([saved.status, await saved.json()]).toEqual([
    200,
    expect.objectContaining({ displayName: 'C', emailProved: false }),
  ])
  const headers = { 'Remote-User': 'cfo', 'Remote-Email': email }
  expect((await world.send({ path: '/api/snug/v1/session', headers })).status).toBe(200)
  expect(await thief.who()).toBeNull()
  const claimed = await change({ role: 'admin' })
  expect(await claimed.json()).toMatchObject({ role: 'admin', emailProved: true })
})

test('an address that an administrator gives is vouched for', async () => {
  const moved = await change({ email: 'cfo.new@corp.example' })
  expect(await moved.json()).toMatchObject({ emailProved: true })
  expect((await change({ role: 'admin' })).status).toBe(200)
})
