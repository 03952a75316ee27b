import { expect, test } from 'bun:test'
import { copyFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '../program'
import { canMount, mounted, program, serve, shorten, snug } from './ground'

const fixture = join(import.meta.dir, '../fixtures/schema-0000.db')

/** Starts a server that must refuse; answers what it said, in one line, within five seconds. */
const refused = async (folder: string) => {
  const begin = performance.now()
  const { code, err, out } = await snug(folder)
  expect({ code, out, seconds: performance.now() - begin < 5000 }).toEqual({
    code: 1,
    out: '',
    seconds: true,
  })
  expect(err.trim().split('\n')).toHaveLength(1)
  return err
}

const damages: Record<string, (path: string) => void> = {
  'half a file': (path) => truncateSync(path, readFileSync(path).length / 2),
  'pages overwritten by dd': (path) => {
    const dd = [
      'dd',
      'if=/dev/urandom',
      `of=${path}`,
      'bs=4096',
      'seek=3',
      'count=6',
      'conv=notrunc',
    ]
    expect(Bun.spawnSync(dd).exitCode).toBe(0)
  },
  'a text file': (path) => writeFileSync(path, 'no database\n'.repeat(500)),
  'an empty file beside its secret': (path) => {
    truncateSync(path, 0)
    writeFileSync(join(path, '../secret'), 'x')
  },
}

for (const [what, damage] of Object.entries(damages)) {
  test(`refuses to start on ${what}, and leaves every byte`, async () => {
    using folder = temporaryFolder()
    const path = join(folder.path, 'snug.db')
    copyFileSync(fixture, path)
    damage(path)
    const before = readFileSync(path)
    expect(await refused(folder.path)).toContain('restore a backup')
    expect(readFileSync(path).equals(before)).toBe(true)
  }, 20_000)
}

test('a second start in the same folder is refused within two seconds, naming the first', async () => {
  using folder = temporaryFolder()
  const first = await serve(folder.path)
  const begin = performance.now()
  const said = await refused(folder.path)
  expect(performance.now() - begin).toBeLessThan(3000) // two, and the time a process needs to start
  expect(said).toContain(`in use by process ${first.process.pid}`)
  expect(await shorten(first.origin)).toBeString()

  await first.stop('SIGKILL')
  const next = await serve(folder.path)
  expect(await next.stop()).toBe(0)
}, 30_000)

test('of ten starts at once exactly one serves', async () => {
  using folder = temporaryFolder()
  const starts = await Promise.allSettled(Array.from({ length: 10 }, () => serve(folder.path)))
  const serving = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []))
  expect(serving).toHaveLength(1)
  for (const server of serving) expect(await server.stop()).toBe(0)
}, 60_000)

test('the lock outlives garbage collection', async () => {
  using folder = temporaryFolder()
  const server = await serve(folder.path, { BUN_JSC_forceGCSlowPaths: 'true' })
  for (let round = 0; round < 50; round++) await shorten(server.origin)
  expect(await refused(folder.path)).toContain('in use')
  await server.stop()
}, 30_000)

test('a port that is taken is told in one line', async () => {
  using folder = temporaryFolder()
  const taken = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response() })
  const run = Bun.spawn([...program], {
    env: {
      PATH: process.env.PATH ?? '',
      SNUG_DATA_DIR: folder.path,
      SNUG_PORT: String(taken.port),
      SNUG_HOST: '127.0.0.1',
    },
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [code, err] = await Promise.all([run.exited, new Response(run.stderr).text()])
  expect({ code, lines: err.trim().split('\n').length }).toEqual({ code: 1, lines: 1 })
  expect(err).toContain(String(taken.port))
  await taken.stop(true)
}, 20_000)

test.skipIf(!canMount)(
  'a folder that can’t be written is refused, and nothing is left in it',
  async () => {
    using source = temporaryFolder()
    using bound = mounted('--bind', source.path)
    expect(bound.remount('bind,ro')).toBe(true)
    expect(await refused(bound.path)).toContain('SNUG_DATA_DIR')
    expect(existsSync(join(source.path, 'snug.db'))).toBe(false)
  },
  20_000,
)

test('a newer database is refused, and says what to do', async () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'snug.db')
  copyFileSync(fixture, path)
  const { Database } = await import('bun:sqlite')
  const sqlite = new Database(path)
  sqlite.run('UPDATE __drizzle_migrations SET created_at = 9e15')
  sqlite.close()
  const before = readFileSync(path)
  expect(await refused(folder.path)).toContain('newer snug')
  expect(readFileSync(path).equals(before)).toBe(true)
}, 20_000)
