import { afterEach, beforeEach, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { clockSlack, deleteLink, Fault, sessionIdle, sessionLifetime } from '../../src/core'
import { hashSecret } from '../../src/core/keys/keys'
import { createWorld, type World } from '../world'

let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const accounts = () => world.app.core.accounts
const password = 'correct horse battery'

/** The fault that some work is refused with. */
const faultOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (error: unknown) => error,
  )
  if (!(error instanceof Fault)) throw new Error(`expected a fault, got ${error}`)
  return [error.kind, error.detail.field].filter(Boolean).join(' ')
}

test('of twenty who set up at once exactly one becomes the administrator', async () => {
  const token = await accounts().beginSetUp()
  const tries = Array.from({ length: 20 }, (_, n) =>
    accounts().setUp(token, `admin${n}@example.com`, password),
  )
  const outcomes = await Promise.allSettled(tries)
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') expect(outcome.reason.kind).toBe('set_up_done')
  const { rows } = await accounts().page({}, { page: 1, limit: 50 })
  expect(rows.map(({ role }) => role)).toEqual(['admin'])
})

test('only the token printed last sets up, and only once', async () => {
  const first = await accounts().beginSetUp()
  const last = await accounts().beginSetUp()
  for (const wrong of [first, '', null, 7, `${last}x`])
    expect(await faultOf(accounts().setUp(wrong, 'a@example.com', password))).toBe('set_up_refused')
  expect(await faultOf(accounts().setUp(last, 'a@localhost', password))).toBe('input_invalid email')
  expect(await faultOf(accounts().setUp(last, 'a@example.com', 'short'))).toBe(
    'input_invalid password',
  )
  expect(await accounts().needsSetUp()).toBe(true)
  await accounts().setUp(last, ' Ada@Example.com ', password)
  expect(await faultOf(accounts().setUp(last, 'b@example.com', password))).toBe('set_up_done')
  expect(await accounts().beginSetUp()).toBeNull()
  expect(await accounts().needsSetUp()).toBe(false)
})

test('an email address belongs to one account, in any spelling', async () => {
  const ada = await accounts().create({ email: ' Ada@Example.COM', displayName: ' Ada ' })
  expect(ada).toMatchObject({ email: 'ada@example.com', displayName: 'Ada', plan: 'enterprise' })
  expect(await faultOf(accounts().create({ email: 'ada@example.com' }))).toBe('email_taken')
  const bob = await accounts().create({ email: 'bob@example.com' })
  expect(await faultOf(accounts().patch(bob.id, { email: 'ADA@example.com' }))).toBe('email_taken')
  expect((await accounts().byEmail('ADA@example.com'))?.id).toBe(ada.id)
})

test('wrong input is refused field by field', async () => {
  const email = 'x@example.com'
  for (const wrong of ['', 'x', 'x@y', '@example.com', `${'x'.repeat(250)}@example.com`, null, 4])
    expect(await faultOf(accounts().create({ email: wrong }))).toBe('input_invalid email')
  expect(await faultOf(accounts().create({ email, password: '1234567' }))).toBe(
    'input_invalid password',
  )
  expect(await faultOf(accounts().create({ email, password: 'x'.repeat(257) }))).toBe(
    'input_invalid password',
  )
  expect(await faultOf(accounts().create({ email, plan: 'gold' }))).toBe('input_invalid plan')
  expect(await faultOf(accounts().create({ email, displayName: 'x'.repeat(101) }))).toBe(
    'input_invalid displayName',
  )
  const planExpiresAt = new Date(Number.NaN)
  expect(await faultOf(accounts().create({ email, planExpiresAt }))).toBe(
    'input_invalid planExpiresAt',
  )
  expect(await faultOf(accounts().patch(99, { displayName: 'x' }))).toBe('record_missing account')
  expect(await faultOf(accounts().remove(99))).toBe('record_missing account')
})

test('the last administrator can’t be lost', async () => {
  const admin = await accounts().create({ email: 'a@example.com', role: 'admin' })
  for (const edit of [{ role: 'member' }, { suspended: true }] as const)
    expect(await faultOf(accounts().patch(admin.id, edit))).toBe('input_invalid account')
  expect(await faultOf(accounts().remove(admin.id))).toBe('input_invalid account')
  await accounts().create({ email: 'b@example.com', role: 'admin' })
  expect(await accounts().patch(admin.id, { role: 'member' })).toMatchObject({ role: 'member' })
  await accounts().remove(admin.id)
})

test('lists are paged and searched, whatever the search holds', async () => {
  for (const name of ['ada', 'bob', 'cy_d'])
    await accounts().create({ email: `${name}@example.com`, displayName: `Miss ${name}` })
  await world.app.core.guests.open()
  const found = async (q: string) =>
    (await accounts().page({ kind: 'user', q }, { page: 1, limit: 10 })).rows.map(
      ({ email }) => email,
    )
  expect(await found('miss BOB')).toEqual(['bob@example.com'])
  expect(await found('_')).toEqual(['cy_d@example.com'])
  expect(await found('%')).toEqual([])
  expect(await accounts().page({ kind: 'user' }, { page: 2, limit: 2 })).toMatchObject({
    rows: [{ email: 'cy_d@example.com' }],
    total: 3,
  })
  expect((await accounts().page({}, { page: 1, limit: 10 })).total).toBe(4)
})

/** A session straight in the store, as signing in leaves one; `ahead`: ms by which the clock was wrong. */
const sessionFor = async (accountId: number, token: string, ahead = 0) => {
  const { db, tables } = world.store.signIn
  const at = new Date(world.now() + ahead)
  const row = { accountId, token: hashSecret(token), createdAt: at, updatedAt: at }
  db.insert(tables.session)
    .values({ ...row, expiresAt: new Date(at.getTime() + sessionLifetime) })
    .run()
}

test('a session ends when it is idle, when it is old, and with suspension or a new password', async () => {
  const { sessions } = world.app.core
  const isOpen = async (token: string) => {
    const found = await sessions.identify(token)
    await world.store.signIn.writable() // what is noted of its use is written by then
    return found !== null
  }
  const { id } = await accounts().create({ email: 'a@example.com', password })

  await sessionFor(id, 'idle')
  world.pass(sessionIdle - 1)
  expect(await isOpen('idle')).toBe(true)
  world.pass(sessionIdle)
  expect(await isOpen('idle')).toBe(false)

  await sessionFor(id, 'old')
  for (let passed = sessionIdle / 2; passed < sessionLifetime; passed += sessionIdle / 2) {
    world.pass(sessionIdle / 2)
    expect(await isOpen('old')).toBe(true)
  }
  world.pass(sessionIdle / 2)
  expect(await isOpen('old')).toBe(false)

  await sessionFor(id, 'suspended')
  await accounts().patch(id, { suspended: true })
  expect(await isOpen('suspended')).toBe(false)
  await accounts().patch(id, { suspended: false })
  expect(await isOpen('suspended')).toBe(false)

  await sessionFor(id, 'password')
  await accounts().patch(id, { password: 'another password' })
  expect(await isOpen('password')).toBe(false)
  await sessions.purge()
  expect(await isOpen('anything')).toBe(false)
})

test('a session of the future does not count, but a clock may go back a little', async () => {
  const { sessions } = world.app.core
  const { id } = await accounts().create({ email: 'a@example.com', password })
  const day = 24 * 3_600_000
  for (const ahead of [3650 * day, 100 * day, day, clockSlack + 1]) {
    await sessionFor(id, `ahead by ${ahead}`, ahead)
    expect(await sessions.identify(`ahead by ${ahead}`)).toBeNull()
  }
  await sessionFor(id, 'a little', clockSlack)
  expect(await sessions.identify('a little')).not.toBeNull()
  world.pass(clockSlack + sessionIdle - 1)
  expect(await sessions.identify('a little')).not.toBeNull()

  await sessionFor(id, 'used', 0)
  const { db, tables } = world.store.signIn
  db.update(tables.session)
    .set({ updatedAt: new Date(world.now() + 3650 * day) })
    .where(eq(tables.session.token, hashSecret('used')))
    .run()
  expect(await sessions.identify('used')).toBeNull()
})

test('an account sees its own sessions and ends them', async () => {
  const { sessions } = world.app.core
  const ada = await accounts().create({ email: 'a@example.com' })
  const bob = await accounts().create({ email: 'b@example.com' })
  for (const token of ['one', 'two', 'three']) await sessionFor(ada.id, token)
  await sessionFor(bob.id, 'bob')
  const [first, second, third] = await sessions.all(ada)
  if (!first || !second || !third) throw new Error('three sessions are missing')
  expect(await faultOf(sessions.remove(bob, first.id))).toBe('record_missing session')
  await sessions.remove(ada, first.id)
  await sessions.removeOthers(ada, second.id)
  expect(await sessions.all(ada)).toEqual([second])
  expect(await sessions.all(bob)).toHaveLength(1)
})

test('an account with many links is deleted a little at a time, and each deletion is told once', async () => {
  const { account } = await world.person('ann')
  await accounts().create({ email: 'root@example.com', role: 'admin' })
  const at = new Date(world.now())
  const row = { destination: 'https://example.com/', ownerId: account.id, title: 'private' }
  const made = await Promise.all(
    Array.from({ length: 1234 }, (_, number) =>
      world.store.links.insert({ ...row, code: `code${number}`, createdAt: at, updatedAt: at }),
    ),
  )
  const [earlier] = made
  if (earlier) await deleteLink(world.app.core, earlier)
  const told: number[] = []
  world.app.core.onLinkChanged(({ kind, link }) => {
    if (kind === 'deleted') told.push(link.id)
  })
  world.pass(1000)
  let turns = 0
  let running = true
  const turn = () => {
    turns++
    if (running) setImmediate(turn)
  }
  turn()
  await accounts().remove(account.id)
  running = false
  expect(turns).toBeGreaterThan(3)
  expect(new Set(told).size).toBe(1233)
  expect(told).toHaveLength(1233)
  for (const code of ['code0', 'code1233']) {
    const link = await world.store.links.byCode('', code)
    expect(link).toMatchObject({ deletedAt: expect.any(Date), title: null })
    expect(link?.ownerId).not.toBe(account.id)
  }
  expect(await faultOf(accounts().remove(account.id))).toBe('record_missing account')
})
