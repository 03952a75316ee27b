import { expect, test } from 'bun:test'
import { copyFileSync, readdirSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSecret } from '../../src/cli/data-folder'
import { temporaryFolder } from '../program'
import { canMount, mounted, program, snug } from './ground'

const fixture = join(import.meta.dir, '../fixtures/schema-0000.db')

/** A small disk with so many bytes left on it, and a database. */
const tightDisk = (left: number) => {
  const disk = mounted('-t', 'tmpfs', '-o', 'size=2m', 'tmpfs')
  copyFileSync(fixture, join(disk.path, 'snug.db'))
  const { bavail, bsize } = statfsSync(disk.path)
  writeFileSync(join(disk.path, 'filler'), Buffer.alloc(Math.max(0, bavail * bsize - left)))
  return disk
}

const freeOn = (path: string) => {
  const { bavail, bsize } = statfsSync(path)
  return bavail * bsize
}

test.skipIf(!canMount)(
  'an upgrade for which the disk is too small leaves it as it was',
  async () => {
    using disk = tightDisk(60_000) // a third of what the copy needs
    const before = { files: readdirSync(disk.path).sort(), free: freeOn(disk.path) }
    const start = Bun.spawnSync([...program], {
      env: {
        PATH: process.env.PATH ?? '',
        SNUG_DATA_DIR: disk.path,
        SNUG_PORT: '0',
        SNUG_HOST: '127.0.0.1',
      },
    })
    expect(start.exitCode).toBe(1)
    expect(start.stderr.toString()).toMatch(/^error: .*full/)
    const made = new Set(['lock', 'snug.db-shm', 'snug.db-wal'])
    const files = readdirSync(disk.path).filter((name) => !made.has(name))
    expect(files.sort()).toEqual(before.files)
    expect(before.free - freeOn(disk.path)).toBeLessThan(40_000) // SQLite's shared memory file
  },
  20_000,
)

for (const command of ['backup', 'export'])
  test.skipIf(!canMount)(
    `snug ${command} to a disk that is too small leaves nothing there, and the earlier file`,
    async () => {
      using home = temporaryFolder()
      copyFileSync(fixture, join(home.path, 'snug.db'))
      using disk = mounted('-t', 'tmpfs', '-o', 'size=16k', 'tmpfs')
      const file = join(disk.path, 'copy')
      writeFileSync(file, 'earlier')
      const { code, out, err } = await snug(
        home.path,
        ...[command, file, ...(command === 'backup' ? ['--force'] : [])],
      )
      expect({ code, out, lines: err.trim().split('\n').length }).toEqual({
        code: 1,
        out: '',
        lines: 1,
      })
      expect(readdirSync(disk.path)).toEqual(['copy'])
      expect(await Bun.file(file).text()).toBe('earlier')
    },
    20_000,
  )

test.skipIf(!canMount)('a secret for which there is no space is not half there', () => {
  using disk = mounted('-t', 'tmpfs', '-o', 'size=16k', 'tmpfs')
  writeFileSync(join(disk.path, 'filler'), Buffer.alloc(freeOn(disk.path)))
  expect(() => readSecret({ dataDir: disk.path, secret: null })).toThrow('ENOSPC')
  expect(readdirSync(disk.path)).toEqual(['filler'])
})
