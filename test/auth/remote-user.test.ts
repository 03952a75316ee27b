import { expect, test } from 'bun:test'
import { createWorld } from '../world'

const trusting = { SNUG_TRUST_REMOTE_USER: 'on', SNUG_TRUSTED_PROXIES: '10.0.0.0/8' }

/** Whom our own API takes a request with these headers for, in a world of its own. */
const whoIs = async (
  headers: Record<string, string>,
  { env = trusting, peer = '10.1.2.3', suspended = false }: Partial<Setting> = {},
) => {
  const world = await createWorld(env, { signIn: true, peer })
  try {
    const { accounts } = world.app.core
    const { id } = await accounts.create({ email: 'ada@example.com' })
    if (suspended) await accounts.patch(id, { suspended })
    const answer = await world.send({ path: '/api/snug/v1/session', headers })
    const { account } = (await answer.json()) as { account: Record<string, unknown> | null }
    return account && `${account.email} ${account.displayName}`.trim()
  } finally {
    await world.close()
  }
}

type Setting = { env: Record<string, string>; peer: string; suspended: boolean }

test('who a trusted proxy names is signed in', async () => {
  const both = { 'Remote-User': 'ada', 'Remote-Email': 'Ada@Example.com' }
  expect(await whoIs(both)).toBe('ada@example.com')
  const alone = { 'Remote-User': 'ada@example.com', 'Remote-Email': '' }
  expect(await whoIs(alone)).toBe('ada@example.com')
})

test('nobody else’s word counts', async () => {
  const named = { 'Remote-Email': 'ada@example.com' }
  expect(await whoIs(named, { peer: '192.168.1.5' })).toBeNull()
  expect(await whoIs(named, { env: { ...trusting, SNUG_TRUST_REMOTE_USER: 'off' } })).toBeNull()
  expect(await whoIs(named, { env: { ...trusting, SNUG_TRUSTED_PROXIES: '' } })).toBeNull()
  const forwarded = { ...named, 'X-Forwarded-For': '10.1.2.3' }
  expect(await whoIs(forwarded, { peer: '192.168.1.5' })).toBeNull()
  expect(await whoIs(named, { suspended: true })).toBeNull()
})

test('people without an account get one only where strangers may sign up', async () => {
  const named = { 'Remote-Email': 'bob@example.com', 'Remote-Name': 'Bob' }
  expect(await whoIs(named)).toBeNull()
  const env = { ...trusting, SNUG_SIGNUP: 'open' }
  expect(await whoIs(named, { env })).toBe('bob@example.com Bob')
  expect(await whoIs({ 'Remote-User': 'bob' }, { env })).toBeNull()
  expect(await whoIs({ 'Remote-Email': '', 'Remote-User': '' }, { env })).toBeNull()
})
