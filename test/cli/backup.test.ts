import { expect, test } from 'bun:test'
import { copyFileSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runProgram, startProgram, temporaryFolder } from '../program'

const main = join(import.meta.dir, '../../src/main.ts')
const fixture = join(import.meta.dir, '../fixtures/schema-0000.db')
const serve = ['bun', main]
const snug = (cwd: string, ...args: string[]) => runProgram([...serve, ...args], { cwd })

const shorten = async (origin: string) => {
  const answer = await fetch(`${origin}/api/shorten`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ url: 'https://example.com/' }),
  })
  return ((await answer.json()) as { short_code: string }).short_code
}

test('a backup of a running server is restored elsewhere, without the secret', async () => {
  using home = temporaryFolder()
  using away = temporaryFolder()
  const copy = join(home.path, 'copy.db')
  const first = await startProgram(serve, { cwd: home.path })
  const code = await shorten(first.origin)
  expect(await snug(home.path, 'backup', copy)).toMatchObject({ code: 0 })
  expect(statSync(copy).mode & 0o777).toBe(0o600)
  expect(await snug(home.path, 'backup', copy)).toMatchObject({
    code: 1,
    err: expect.stringContaining('--force'),
  })
  expect(await snug(home.path, 'backup', copy, '--force')).toMatchObject({ code: 0 })
  expect(await snug(home.path, 'verify', copy)).toMatchObject({ code: 0, err: '' })
  await first.stop()

  expect(await snug(away.path, 'restore', copy)).toMatchObject({ code: 0, err: '' })
  expect(readdirSync(join(away.path, 'data'))).not.toContain('secret')
  const second = await startProgram(serve, { cwd: away.path })
  const { status } = await fetch(`${second.origin}/${code}`, { redirect: 'manual' })
  expect(status).toBe(302)
  await second.stop()
}, 30_000)

test('restore refuses over a running server, naming it, and keeps what it replaces', async () => {
  using folder = temporaryFolder()
  const copy = join(folder.path, 'copy.db')
  copyFileSync(fixture, copy)
  const server = await startProgram(serve, { cwd: folder.path })
  const code = await shorten(server.origin)
  const { code: exit, err } = await snug(folder.path, 'restore', copy)
  expect({ exit, err }).toEqual({
    exit: 1,
    err: expect.stringContaining(`in use by process ${server.process.pid}`),
  })
  await server.stop('SIGKILL')

  expect(await snug(folder.path, 'restore', copy)).toMatchObject({ code: 0 })
  expect(
    await snug(folder.path, 'restore', join(folder.path, 'data/snug.db.before-restore')),
  ).toMatchObject({ code: 0 })
  const again = await startProgram(serve, { cwd: folder.path })
  const { status } = await fetch(`${again.origin}/${code}`, { redirect: 'manual' })
  expect(status).toBe(302)
  await again.stop()
}, 30_000)

test('what is no sound backup is neither verified nor restored', async () => {
  using folder = temporaryFolder()
  const file = join(folder.path, 'notes.txt')
  writeFileSync(file, 'not a database at all')
  for (const command of ['verify', 'restore']) {
    const { code, err } = await snug(folder.path, command, file)
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/^error: .*notes\.txt.*\n$/),
    })
    expect((await snug(folder.path, command, 'nowhere.db')).code).toBe(1)
  }
  expect((await snug(folder.path, 'backup', 'copy.db')).err).toContain('there is no database')
  expect(existsSync(join(folder.path, 'data/snug.db'))).toBe(false)
})
