import { expect, test } from 'bun:test'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { verifyFile } from '../../src/store'
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
    ...{ uptimeSeconds: 90, healthy: true, limitsEnforced: true },
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    clicks: { waiting: 0, dropped: 0, stored: 0, storing: true },
    proxies: { trusted: [], untrusted: '127.0.0.1' },
    request: {
      ...{ address: '127.0.0.1', peer: '127.0.0.1', origin: 'http://localhost' },
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

test('a backup is a sound database, and leaves nothing in the data folder', async () => {
  using folder = temporaryFolder()
  const { world, admin } = await worldWithRoot({ SNUG_DATA_DIR: folder.path })
  const headers = { 'X-API-Key': admin.key }
  const made = Array.from({ length: 3 }, async (_, number) => {
    const answer = await world.send({ method: 'POST', path: `${at}/backup`, headers })
    expect(answer.headers.get('content-disposition')).toBe(
      'attachment; filename="snug-2026-03-10.db"',
    )
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
  const { world, admin } = await worldWithRoot({ SNUG_DATA_DIR: data })
  const send = () =>
    world.send({ method: 'POST', path: `${at}/backup`, headers: { 'X-API-Key': admin.key } })
  const failed = await send()
  expect(failed.status).toBe(500)
  expect(await failed.text()).not.toContain(folder.path)
  await Bun.write(join(data, 'made'), '')
  const made = await send()
  expect(made.status).toBe(200)
  expect((await made.text()).slice(0, 15)).toBe('SQLite format 3')
  await world.close()
})

test('figures and backups are for administrators only', async () => {
  const { world, member } = await worldWithRoot()
  for (const [method, path] of [
    ['GET', '/system'],
    ['POST', '/backup'],
  ] as const) {
    const refused = await world.send({
      ...{ method, path: at + path },
      headers: { 'X-API-Key': member.key },
    })
    expect(refused.status).toBe(403)
    expect(await refused.json()).toMatchObject({ fault: 'admin_required' })
    expect((await world.send({ method, path: at + path })).status).toBe(401)
  }
  await world.close()
})
