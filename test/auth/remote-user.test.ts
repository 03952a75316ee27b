import { expect, test } from 'bun:test'
import { createWorld } from '../world'
import { createBrowser } from './browser'

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
  const named = { 'Remote-User': 'ada', 'Remote-Email': 'ada@example.com' }
  expect(await whoIs(named, { peer: '192.168.1.5' })).toBeNull()
  expect(await whoIs(named, { env: { ...trusting, SNUG_TRUST_REMOTE_USER: 'off' } })).toBeNull()
  expect(await whoIs(named, { env: { ...trusting, SNUG_TRUSTED_PROXIES: '' } })).toBeNull()
  const forwarded = { ...named, 'X-Forwarded-For': '10.1.2.3' }
  expect(await whoIs(forwarded, { peer: '192.168.1.5' })).toBeNull()
  expect(await whoIs(named, { suspended: true })).toBeNull()
})

test('people without an account get one only where strangers may sign up', async () => {
  const named = { 'Remote-User': 'b', 'Remote-Email': 'bob@example.com', 'Remote-Name': 'Bob' }
  expect(await whoIs(named)).toBeNull()
  const env = { ...trusting, SNUG_SIGNUP: 'open' }
  expect(await whoIs(named, { env })).toBe('bob@example.com Bob')
  expect(await whoIs({ 'Remote-User': 'bob' }, { env })).toBeNull()
  expect(await whoIs({ 'Remote-Email': '', 'Remote-User': '' }, { env })).toBeNull()
})

/** A world behind a proxy that vouches for people, and how it asks. */
const behindProxy = async (env: Record<string, string> = {}) => {
  const world = await createWorld(
    { ...trusting, SNUG_SIGNUP: 'open', ...env },
    { signIn: true, peer: '10.1.2.3' },
  )
  const who = async (headers: Record<string, string>) => {
    const answer = await world.send({ path: '/api/snug/v1/session', headers })
    return ((await answer.json()) as { account: { id: number; email: string } | null }).account
  }
  return { world, who }
}

const mallory = { name: 'M', email: 'victim@corp.example', password: 'mallory password' }
const victim = { 'Remote-User': 'victim', 'Remote-Email': 'victim@corp.example' }

test('whoever proves an address gets the account of it without what a stranger left there', async () => {
  const { world, who } = await behindProxy()
  const thief = createBrowser(world)
  expect((await thief.post('/sign-up/email', mallory)).status).toBe(200)
  const account = await world.app.core.accounts.byEmail(mallory.email)
  if (account === null) throw new Error('nobody signed up')
  const { secret } = await world.app.core.keys.mint(account, { name: 'left behind' })
  const hook = { url: 'https://evil.example/', events: ['link.created'] as const }
  await world.app.core.webhooks.create(account, { ...hook, events: [...hook.events] })
  const { db, tables } = world.store.signIn
  const at = new Date(world.now())
  const passkey = {
    publicKey: 'x',
    credentialID: 'x',
    counter: 0,
    deviceType: 'x',
    backedUp: false,
  }
  db.insert(tables.passkey)
    .values({ ...passkey, accountId: account.id })
    .run()
  db.insert(tables.account)
    .values({ ownerId: account.id, providerId: 'oidc', subject: 'm', createdAt: at, updatedAt: at })
    .run()

  expect(await who(victim)).toMatchObject({ id: account.id, email: mallory.email })
  expect(await thief.who()).toBeNull()
  expect((await createBrowser(world).post('/sign-in/email', mallory)).status).toBe(401)
  expect(await who({ 'X-API-Key': secret })).toBeUndefined() // 401
  expect(await world.store.webhooks.all(account.id)).toEqual([])
  expect(db.select().from(tables.passkey).all()).toEqual([])
  const left = db.select().from(tables.account).all()
  expect(left.map(({ providerId, subject }) => [providerId, subject])).toEqual([
    ['proxy', 'victim'],
  ])
  expect((await world.app.core.accounts.byId(account.id)).emailVerified).toBe(true)
  expect(world.lines.join()).toContain('was made by somebody')
  expect(world.lines.join()).not.toContain('victim@')

  const kept = await world.app.core.keys.mint(account, { name: 'of the victim' })
  expect(await who(victim)).toMatchObject({ id: account.id })
  expect(await who({ 'X-API-Key': kept.secret })).toMatchObject({ id: account.id })
  await world.close()
})

test('nobody is signed in without Remote-User, or with an address that is known by another one', async () => {
  const { world, who } = await behindProxy()
  const root = { email: 'admin@example.com', role: 'admin' as const }
  const admin = await world.app.core.accounts.create(root)
  expect(await who({ 'Remote-Email': root.email })).toBeNull()
  expect(await who({ 'Remote-User': '', 'Remote-Email': root.email })).toBeNull()
  expect(await who({ 'Remote-User': ' ', 'Remote-Email': root.email })).toBeNull()
  expect(await who({ 'Remote-User': 'root', 'Remote-Email': root.email })).toMatchObject({
    id: admin.id,
  })

  expect(await who({ 'Remote-User': 'bob', 'Remote-Email': root.email })).toBeNull()
  expect(await who({ 'Remote-User': 'bob' })).toBeNull()
  expect(world.lines.join()).toContain('the proxy names account')
  const bob = await who({ 'Remote-User': 'bob', 'Remote-Email': 'bob@example.com' })
  expect(bob).toMatchObject({ email: 'bob@example.com' })
  expect(await who({ 'Remote-User': 'bob', 'Remote-Email': root.email })).toBeNull()
  expect(await who({ 'Remote-User': 'bob', 'Remote-Email': 'nobody@example.com' })).toBeNull()
  expect(await who({ 'Remote-User': 'bob' })).toEqual(bob)
  expect(await who({ 'Remote-User': 'root' })).toMatchObject({ id: admin.id })

  const named = { 'Remote-User': 'eve@example.com', 'Remote-Email': root.email }
  expect(await who(named)).toMatchObject({ email: 'eve@example.com' })
  await world.close()
})

test('with a secret only requests that carry it are the proxy’s', async () => {
  const { world, who } = await behindProxy({ SNUG_REMOTE_USER_SECRET: 'between us two' })
  for (const wrong of [{}, { 'Remote-Secret': '' }, { 'Remote-Secret': 'guessed' }])
    expect(await who({ ...victim, ...wrong })).toBeNull()
  expect(await who({ ...victim, 'Remote-Secret': 'between us two' })).toMatchObject({
    email: 'victim@corp.example',
  })
  await world.close()
})
