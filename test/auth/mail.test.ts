import { Database } from 'bun:sqlite'
import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test'
import { join } from 'node:path'
import { createMailBox } from '../mail-box'
import { temporaryFolder } from '../program'
import { createWorld, type World } from '../world'
import { createBrowser, password, person, signInWorld } from './browser'

let box: Awaited<ReturnType<typeof createMailBox>>
let world: World

beforeAll(async () => {
  box = await createMailBox()
})
afterAll(() => box.close())
afterEach(async () => {
  box.mails.length = 0
  await world.close()
})

const start = async (env: Record<string, string> = {}, file?: string) => {
  const mail = { SNUG_SMTP_URL: box.url, SNUG_MAIL_FROM: 'snug@example.com' }
  world = await createWorld({ ...mail, ...env }, { signIn: true, ...(file ? { file } : {}) })
  await person(world, 'ada')
}

const tokenIn = (mail: string) => /\/auth\?token=([A-Za-z0-9_-]+)/.exec(mail)?.[1] ?? ''

const askFor = (email: string) =>
  createBrowser(world).post('/request-password-reset', { email, redirectTo: '/auth' })

test('a mail leads to a new password, once, and ends all sessions', async () => {
  await start()
  const browser = createBrowser(world)
  await browser.signIn('ada')
  expect((await askFor('Ada@example.com')).status).toBe(200)
  const mail = await box.next()
  expect(mail).toContain('To: ada@example.com')
  expect(mail).toContain('From: snug@example.com')
  const token = tokenIn(mail)
  expect(token.length).toBeGreaterThanOrEqual(24)
  const { db, tables } = world.store.signIn
  expect(JSON.stringify(db.select().from(tables.verification).all())).not.toContain(token)

  const set = (newPassword: string) => browser.post('/reset-password', { token, newPassword })
  expect((await set('short')).status).toBe(400)
  expect((await set('another password')).status).toBe(200)
  expect((await set('a third password')).status).toBe(400)
  expect(await browser.who()).toBeNull()
  expect((await browser.signIn('ada')).status).toBe(401)
  expect((await browser.signIn('ada', 'another password')).status).toBe(200)
})

test('the link is on the configured address; without one no host that somebody names is mailed', async () => {
  await start({ SNUG_BASE_URL: 'https://go.example' })
  const ask = { path: '/api/auth/request-password-reset', body: { email: 'ada@example.com' } }
  await createBrowser(world, 'https://go.example').send(ask)
  expect(await box.next()).toContain('https://go.example/auth?token=')
  await world.close()

  await start()
  await createBrowser(world, 'http://evil.example').send(ask)
  const mail = await box.next()
  expect(tokenIn(mail)).not.toBe('')
  expect(mail).not.toContain('evil')
})

test('nobody learns who has an account', async () => {
  await start()
  const [known, unknown] = [await askFor('ada@example.com'), await askFor('eve@example.com')]
  expect([known.status, unknown.status]).toEqual([200, 200])
  expect(await known.text()).toBe(await unknown.text())
  expect(await box.next()).toContain('ada@example.com')
  expect(box.mails).toEqual([])
})

test('nor do they by how long it takes, or by what is written', async () => {
  const folder = temporaryFolder()
  const path = join(folder.path, 'snug.db')
  const file = new Database(path, { create: true })
  await start({ SNUG_RATE_LIMITS: 'off' }, path)
  try {
    file.run('BEGIN IMMEDIATE') // nothing can be written until this ends
    const statuses = ['ada@example.com', 'eve@example.com', 'no address'].map(
      async (email) => (await askFor(email)).status,
    )
    expect(await Promise.all(statuses)).toEqual([200, 200, 400])
    file.run('COMMIT')
    expect(await box.next()).toContain('ada@example.com')
    expect(box.mails).toEqual([])

    const version = () =>
      (file.query('PRAGMA data_version').get() as { data_version: number }).data_version
    for (const email of ['ada@example.com', 'eve@example.com']) {
      const before = version()
      await askFor(email)
      const until = Date.now() + 10_000
      while (version() === before && Date.now() < until) await Bun.sleep(5)
      expect(version()).not.toBe(before)
    }
  } finally {
    file.close()
    folder[Symbol.dispose]()
  }
})

test('a mail server that fails is told to the operator, not to the asker', async () => {
  await start({ SNUG_SMTP_URL: 'smtp://127.0.0.1:1' })
  expect((await askFor('ada@example.com')).status).toBe(200)
  const until = Date.now() + 10_000
  while (world.lines.length === 0 && Date.now() < until) await Bun.sleep(5)
  expect(world.lines.join()).toContain('signing in failed unexpectedly')
})

test('without a mail server the request is refused, whoever it is for', async () => {
  world = await signInWorld()
  await person(world, 'ada')
  for (const email of ['ada@example.com', 'eve@example.com']) {
    const answer = await askFor(email)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ code: 'NO_MAIL' })
  }
  expect((await createBrowser(world).signIn('ada', password)).status).toBe(200)
})

test('box.mails can’t be asked for without end', async () => {
  await start()
  for (let times = 5; times > 0; times--) {
    const answer = await askFor('eve@example.com')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('ratelimit-remaining')).toBe(String(times - 1))
  }
  const refused = await askFor('eve@example.com')
  expect(refused.status).toBe(429)
  expect(refused.headers.get('retry-after')).toBe('12')
  expect(refused.headers.get('ratelimit-limit')).toBe('5')
  expect(refused.headers.get('x-request-id')).toMatch(/^[0-9a-f]{16}$/)
})
