import { afterEach, expect, mock, spyOn, test } from 'bun:test'
import fs, { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeWhole } from '../../src/store'
import { temporaryFolder } from '../program'

afterEach(() => mock.restore())

/** Notes what is synced and renamed, by name, in order. */
const watchDisk = () => {
  const done: string[] = []
  const opened = new Map<number, string>()
  const { openSync, fsyncSync, renameSync } = fs
  spyOn(fs, 'openSync').mockImplementation((path, flags, mode) => {
    const file = openSync(path, flags, mode)
    opened.set(file, String(path))
    return file
  })
  spyOn(fs, 'fsyncSync').mockImplementation((file) => {
    done.push(`sync ${opened.get(file)}`)
    fsyncSync(file)
  })
  spyOn(fs, 'renameSync').mockImplementation((from, to) => {
    done.push(`name ${to}`)
    renameSync(from, to)
  })
  return done
}

test('a file is on the disk before it gets its name, and then the name is', () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'whole')
  const done = watchDisk()
  expect(writeWhole(path, (half) => writeFileSync(half, 'all of it'))).toBeUndefined()
  expect(done).toEqual([`sync ${path}.half`, `name ${path}`, `sync ${folder.path}`])
  expect(readFileSync(path, 'utf8')).toBe('all of it')
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

const failures: Record<string, () => void> = {
  'the work': () => {},
  'the disk': () => spyOn(fs, 'fsyncSync').mockImplementation(fail),
  'the name': () => spyOn(fs, 'renameSync').mockImplementation(fail),
}

const fail = () => {
  throw new Error('no space')
}

for (const [what, arrange] of Object.entries(failures))
  test(`when ${what} fails nothing is left of it, and the old file stays`, () => {
    using folder = temporaryFolder()
    const path = join(folder.path, 'whole')
    writeFileSync(path, 'old')
    arrange()
    const work = (half: string) => {
      writeFileSync(half, 'new')
      writeFileSync(`${half}-journal`, 'of SQLite')
      if (what === 'the work') fail()
    }
    expect(() => writeWhole(path, work)).toThrow('no space')
    expect(readdirSync(folder.path)).toEqual(['whole'])
    expect(readFileSync(path, 'utf8')).toBe('old')
  })

test('what a killed process left is replaced, journal and all', () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'whole')
  for (const suffix of ['', '-journal', '-wal']) writeFileSync(`${path}.half${suffix}`, 'left')
  writeWhole(path, (half) => {
    expect(readFileSync(half, 'utf8')).toBe('')
    expect(readdirSync(folder.path)).toEqual(['whole.half'])
  })
})
