import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runProgram, startProgram, temporaryFolder } from '../program'

const main = join(import.meta.dir, '../../src/main.ts')
const serve = ['bun', main]
const snug = (cwd: string, ...args: string[]) => runProgram([...serve, ...args], { cwd })

const admin = { email: 'ann@example.com', password: 'correct horse battery' }
const json = { 'Content-Type': 'application/json' }

const cookieOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')

const signIn = async (origin: string) => {
  const answer = await fetch(`${origin}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { ...json, Origin: origin },
    body: JSON.stringify(admin),
  })
  expect(answer.status).toBe(200)
  return cookieOf(answer)
}

const who = async (origin: string, cookie: string) => {
  const answer = await fetch(`${origin}/api/snug/v1/session`, { headers: { Cookie: cookie } })
  return ((await answer.json()) as { account: { email: string } | null }).account?.email ?? null
}

const guestLink = async (origin: string, cookie = '') => {
  const answer = await fetch(`${origin}/api/shortlinks`, {
    method: 'POST',
    headers: { ...json, ...(cookie === '' ? {} : { Cookie: cookie }) },
    body: JSON.stringify({ url: 'https://example.com/' }),
  })
  const { link } = (await answer.json()) as { link: { guestSessionId: string } }
  return { cookie: cookieOf(answer), session: link.guestSessionId }
}

test('a restore ends every sign-in and every proof under way; guests, keys and passwords stay', async () => {
  using folder = temporaryFolder()
  const env = { SNUG_ADMIN_EMAIL: admin.email, SNUG_ADMIN_PASSWORD: admin.password }
  const first = await startProgram(serve, { cwd: folder.path, env })
  const key = (await snug(folder.path, 'key', 'create', admin.email)).out.trim()
  const cookie = await signIn(first.origin)
  const guest = await guestLink(first.origin)
  expect(await who(first.origin, cookie)).toBe(admin.email)
  const database = join(folder.path, 'data/snug.db')
  const sqlite = new Database(database)
  sqlite.run(
    `INSERT INTO verifications (identifier, value, expires_at, created_at, updated_at)
    VALUES ('trust~proof-of-then', '1', 9e12, 1, 1), ('reset', '1', 9e12, 1, 1)`,
  )
  sqlite.close()
  expect(await snug(folder.path, 'backup', 'copy.db')).toMatchObject({ code: 0 })
  await first.stop()

  expect(await snug(folder.path, 'restore', 'copy.db')).toMatchObject({ code: 0, err: '' })
  const second = await startProgram(serve, { cwd: folder.path })
  expect(await who(second.origin, cookie)).toBeNull()
  const restored = new Database(database, { readonly: true })
  expect(restored.query('SELECT count(*) FROM sessions').values()).toEqual([[0]])
  expect(restored.query('SELECT count(*) FROM verifications').values()).toEqual([[0]])
  restored.close()
  expect(await Bun.file(database).text()).not.toContain('proof-of-then')
  expect(await who(second.origin, await signIn(second.origin))).toBe(admin.email)
  expect((await guestLink(second.origin, guest.cookie)).session).toBe(guest.session)
  const links = await fetch(`${second.origin}/api/snug/v1/links`, { headers: { 'X-API-Key': key } })
  expect(links.status).toBe(200)
  await second.stop()

  const copy = new Database(join(folder.path, 'copy.db'), { readonly: true })
  expect(copy.query('SELECT count(*) FROM sessions').values()).toEqual([[1]]) // it stays as it was
  copy.close()
}, 30_000)

test('a restore that fails leaves the database and nothing else', async () => {
  using folder = temporaryFolder()
  const server = await startProgram(serve, { cwd: folder.path })
  await guestLink(server.origin)
  expect(await snug(folder.path, 'backup', 'copy.db')).toMatchObject({ code: 0 })
  await server.stop()
  const data = join(folder.path, 'data')
  const before = readdirSync(data).sort()
  Bun.spawnSync(['mkdir', '-p', join(data, 'snug.db.before-restore/in-the-way')])
  expect(await snug(folder.path, 'restore', 'copy.db')).toMatchObject({ code: 1 })
  Bun.spawnSync(['rm', '-r', join(data, 'snug.db.before-restore')])
  expect(readdirSync(data).sort()).toEqual(before)
  expect(await snug(folder.path, 'verify', join(data, 'snug.db'))).toMatchObject({ code: 0 })
}, 30_000)

test('an empty secret is refused, and never taken for one', async () => {
  using folder = temporaryFolder()
  Bun.spawnSync(['mkdir', '-p', join(folder.path, 'data')])
  writeFileSync(join(folder.path, 'data/secret'), '\n')
  const { code, err } = await snug(folder.path, 'account', 'list')
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('secret is empty') })
})
