import { describe, expect, test } from 'bun:test'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { verifyFile } from '../../src/store'
import { createBrowser, password, person, signInWorld } from '../auth/browser'
import { temporaryFolder } from '../program'
import { createWorld } from '../world'

const at = '/api/snug/v1'

const worldWithRoot = async (env: Record<string, string> = {}) => {
  const world = await createWorld(env)
  const admin = await world.person('root', { role: 'admin' })
  const member = await world.person('bob')
  return { world, admin, member }
}

test('the system page shows figures, and what the server sees of proxies', async () => {
  const { world, admin } = await worldWithRoot({ SNUG_TRUSTED_PROXIES: '' })
  world.pass(90_500)
  const headers = { 'X-API-Key': admin.key, 'X-Forwarded-For': '203.0.113.9', Via: '1.1 caddy' }
  const answer = await world.send({ path: `${at}/system`, headers })
  expect(await answer.json()).toMatchObject({
    uptimeSeconds: 90,
    healthy: true,
    limitsEnforced: true,
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    clicks: { waiting: 0, dropped: 0, stored: 0, storing: true },
    proxies: { trusted: [], untrusted: '127.0.0.1' },
    request: {
      address: '127.0.0.1',
      peer: '127.0.0.1',
      origin: 'http://localhost',
      headers: { 'x-forwarded-for': '203.0.113.9', via: '1.1 caddy' },
    },
  })
  await world.send({ path: `${at}/system`, headers })
  const said = world.lines.filter((line) => line.includes('SNUG_TRUSTED_PROXIES'))
  expect(said).toHaveLength(1)
  await world.close()
})

test('a trusted proxy is believed, and nothing is said about it', async () => {
  const { world, admin } = await worldWithRoot()
  const headers = { 'X-API-Key': admin.key, 'X-Forwarded-For': '203.0.113.9' }
  const answer = await world.send({ path: `${at}/system`, headers })
  expect(await answer.json()).toMatchObject({
    proxies: { trusted: ['loopback'], untrusted: null },
    request: { address: '203.0.113.9', peer: '127.0.0.1' },
  })
  expect(world.lines.join()).not.toContain('SNUG_TRUSTED_PROXIES')
  await world.close()
})

/** A world with an administrator who has really signed in, and how they ask for a backup. */
const worldWithBackups = async (env: Record<string, string> = {}) => {
  const world = await signInWorld(env)
  await person(world, 'root', 'admin')
  const browser = createBrowser(world)
  await browser.signIn('root')
  const backUp = (body: object = { password }) =>
    browser.send({ method: 'POST', path: `${at}/backup`, body })
  return { world, browser, backUp }
}

test('a backup is a sound database, and leaves nothing in the data folder', async () => {
  using folder = temporaryFolder()
  const { world, backUp } = await worldWithBackups({ SNUG_DATA_DIR: folder.path })
  const day = new Date(world.now()).toISOString().slice(0, 10)
  const made = Array.from({ length: 3 }, async (_, number) => {
    const answer = await backUp()
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="snug-${day}.db"`)
    const path = join(folder.path, `copy-${number}.db`)
    writeFileSync(path, new Uint8Array(await answer.arrayBuffer()))
    return path
  })
  for (const path of await Promise.all(made)) {
    expect(existsSync(path)).toBe(true)
    expect(verifyFile(path)).toEqual([])
  }
  expect(readdirSync(folder.path).toSorted()).toEqual(['copy-0.db', 'copy-1.db', 'copy-2.db'])
  await world.close()
})

test('a backup that can’t be written is a failure without details, and the next one works', async () => {
  using folder = temporaryFolder()
  const data = join(folder.path, 'missing')
  const { world, backUp } = await worldWithBackups({ SNUG_DATA_DIR: data })
  const failed = await backUp()
  expect(failed.status).toBe(500)
  expect(await failed.text()).not.toContain(folder.path)
  await Bun.write(join(data, 'made'), '')
  const made = await backUp()
  expect(made.status).toBe(200)
  expect((await made.text()).slice(0, 15)).toBe('SQLite format 3')
  await world.close()
})

describe('the database is given away', () => {
  const faultOf = async (answer: Response) => {
    const { fault } = (await answer.json()) as { fault?: string }
    return [answer.status, fault]
  }

  test('to no key, whosever it is and wherever it stands', async () => {
    const { world, admin } = await worldWithRoot()
    for (const headers of [
      { 'X-API-Key': admin.key },
      { Authorization: `Bearer ${admin.key}` },
      { Authorization: `Bearer ${admin.key}`, 'X-API-Key': admin.key },
    ])
      for (const body of [undefined, {}, { password }]) {
        const sent = { method: 'POST', path: `${at}/backup`, headers, body }
        const answer = await world.send(sent)
        expect(answer.headers.get('access-control-allow-origin')).toBeNull()
        expect(await faultOf(answer)).toEqual([401, 'session_missing'])
      }
    await world.close()
  })

  test('to no session without its password, and guesses end', async () => {
    using folder = temporaryFolder()
    const { world, backUp } = await worldWithBackups({
      SNUG_DATA_DIR: folder.path,
      SNUG_RATE_LIMITS: 'off',
    })
    for (const body of [{}, { password: '' }, { password: null }])
      expect(await faultOf(await backUp(body))).toEqual([400, 'input_invalid'])
    for (let guess = 0; guess < 10; guess++)
      expect(await faultOf(await backUp({ password: `guess ${guess}` }))).toEqual([
        403,
        'password_wrong',
      ])
    const refused = await backUp()
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await faultOf(refused)).toEqual([429, 'rate_limited'])
    world.pass(10 * 60_000)
    expect((await backUp()).status).toBe(200)
    await world.close()
  })

  test('to an account without a password only shortly after it has signed in', async () => {
    using folder = temporaryFolder()
    const { world, browser, backUp } = await worldWithBackups({ SNUG_DATA_DIR: folder.path })
    const { db, tables } = world.store.signIn
    db.delete(tables.account).run()
    expect((await backUp({})).status).toBe(200)
    world.pass(11 * 60_000)
    expect(await browser.who()).toBe('root@example.com')
    expect(await faultOf(await backUp({}))).toEqual([403, 'sign_in_stale'])
    expect(await faultOf(await backUp())).toEqual([403, 'sign_in_stale'])
    await world.close()
  })

  test('to an administrator without a password whom a proxy vouches for', async () => {
    using folder = temporaryFolder()
    const env = { SNUG_TRUST_REMOTE_USER: 'on', SNUG_DATA_DIR: folder.path }
    const world = await signInWorld(env)
    await world.app.core.accounts.create({ email: 'sso@example.com', role: 'admin' })
    const headers = { 'Remote-User': 'sso@example.com', Origin: 'http://localhost' }
    const answer = await world.send({ method: 'POST', path: `${at}/backup`, headers, body: {} })
    expect(answer.status).toBe(200)
    await world.close()
  })
})

test('a key reads plans, limits and the blocklist, and changes none of them', async () => {
  const { world, admin } = await worldWithRoot()
  const headers = { 'X-API-Key': admin.key }
  for (const [noun, body] of [
    ['plans', { data: [] }],
    ['limits', { data: [] }],
    ['blocklist', { entries: ['evil.example'] }],
  ] as const) {
    const path = `${at}/${noun}`
    expect((await world.send({ path, headers })).status).toBe(200)
    const refused = await world.send({ method: 'PUT', path, headers, body })
    expect([noun, refused.status]).toEqual([noun, 401])
    expect(await refused.json()).toMatchObject({ fault: 'session_missing' })
  }
  await world.close()
})

test('figures and backups are for administrators only', async () => {
  const { world, member } = await worldWithRoot()
  for (const [method, path] of [
    ['GET', '/system'],
    ['POST', '/backup'],
  ] as const) {
    const refused = await world.send({
      method,
      path: at + path,
      headers: { Cookie: member.cookie, Origin: 'http://localhost' },
    })
    expect(refused.status).toBe(403)
    expect(await refused.json()).toMatchObject({ fault: 'admin_required' })
    expect((await world.send({ method, path: at + path })).status).toBe(401)
  }
  const byKey = await world.send({ path: `${at}/system`, headers: { 'X-API-Key': member.key } })
  expect(await byKey.json()).toMatchObject({ status: 403, fault: 'admin_required' })
  await world.close()
})
