import {
  closeSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runProgram, startProgram } from '../program'

const main = join(import.meta.dir, '../../src/main.ts')

/** The program under fire: the compiled one when `SNUG_BINARY` names it, else the source. */
export const program = process.env.SNUG_BINARY ? [process.env.SNUG_BINARY] : ['bun', main]

/** How many rounds a loop goes; `SNUG_ROUNDS` asks for more than a gate has time for. */
export const rounds = (usual: number) => Number(process.env.SNUG_ROUNDS ?? usual)

const quiet = { SNUG_RATE_LIMITS: 'off', SNUG_CLICK_FLUSH_MS: '100' }

/** Starts a server whose data lies in a folder. */
export const serve = (folder: string, env: Record<string, string> = {}) =>
  startProgram(program, { cwd: '/', env: { ...quiet, SNUG_DATA_DIR: folder, ...env } })

/** Runs a command on that folder. */
export const snug = (folder: string, ...args: string[]) =>
  runProgram([...program, ...args], {
    cwd: '/',
    env: { SNUG_PORT: '0', SNUG_HOST: '127.0.0.1', SNUG_DATA_DIR: folder },
  })

/** Makes a link; answers its code once the server acknowledged it. */
export const shorten = async (origin: string, body: object = {}): Promise<string> => {
  const answer = await fetch(`${origin}/api/shorten`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ url: 'https://example.com/', ...body }),
  })
  const { short_code: code } = (await answer.json()) as { short_code?: string }
  if (!answer.ok || code === undefined) throw new Error(`not made: ${answer.status}`)
  return code
}

/** Follows a link; answers the status. */
export const follow = async (origin: string, code: string): Promise<number> =>
  (await fetch(`${origin}/${code}`, { redirect: 'manual' })).status

export const totalOf = async (origin: string, code: string): Promise<number> => {
  const answer = await fetch(`${origin}/api/stats/${code}`)
  return ((await answer.json()) as { total_clicks: number }).total_clicks
}

/** Waits until something holds, at most so many ms; throws when it never did. */
export const until = async (holds: () => Promise<boolean>, ms: number): Promise<number> => {
  const begin = performance.now()
  while (!(await holds().catch(() => false))) {
    if (performance.now() - begin > ms) throw new Error(`still not after ${ms} ms`)
    await Bun.sleep(25)
  }
  return performance.now() - begin
}

/** Follows links without a pause until told to stop; answers every status and how long each took. */
export const followAlways = (origin: string, code: string) => {
  const statuses: number[] = []
  const times: number[] = []
  let going = true
  const done = (async () => {
    while (going) {
      const begin = performance.now()
      statuses.push(await follow(origin, code).catch(() => 0))
      times.push(performance.now() - begin)
      await Bun.sleep(5)
    }
  })()
  return async () => {
    going = false
    await done
    times.sort((a, b) => a - b)
    const p99 = times[Math.floor(times.length * 0.99)] ?? 0
    return {
      answers: statuses.length,
      wrong: statuses.filter((status) => status !== 302).length,
      p99,
    }
  }
}

const sh = (...command: string[]) => Bun.spawnSync(command).exitCode === 0

/** Mounts something on a fresh folder until the end of the test. */
export const mounted = (...options: string[]) => {
  const path = mkdtempSync(join(tmpdir(), 'snug-mount-'))
  if (!sh('mount', ...options, path)) throw new Error(`can't mount ${options.join(' ')}`)
  return {
    path,
    remount: (how: string) => sh('mount', '-o', `remount,${how}`, path),
    [Symbol.dispose]: () => {
      sh('umount', '-l', path)
      rmSync(path, { recursive: true, force: true })
    },
  }
}

/** Whether this machine lets us mount; a recipe that needs it is skipped otherwise, never passed. */
export const canMount = (() => {
  const path = mkdtempSync(join(tmpdir(), 'snug-probe-'))
  const can = sh('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path)
  if (can) sh('umount', '-l', path)
  rmSync(path, { recursive: true, force: true })
  return can
})()

/**
 * A disk of its own whose power can be cut: what no program asked to be synced is still in memory then, as
 * the file system would write it by itself only minutes later. `afterCut` mounts what had reached the disk.
 */
export const cuttableDisk = () => {
  const folder = mkdtempSync(join(tmpdir(), 'snug-disk-'))
  const image = join(folder, 'image')
  const quiet = 'loop,commit=300,noauto_da_alloc,noatime'
  if (!sh('truncate', '-s', '96M', image) || !sh('mkfs.ext4', '-q', image))
    throw new Error('no file system can be made')
  const disk = mounted('-o', quiet, image)
  const copies: { [Symbol.dispose]: () => void }[] = []
  return {
    path: disk.path,
    /** While nothing writes: the disk as it would be found after a power cut at this moment. */
    afterCut: () => {
      const copy = join(folder, `copy-${copies.length}`)
      if (!sh('cp', '--sparse=always', image, copy)) throw new Error('the disk can’t be copied')
      const found = mounted('-o', quiet, copy)
      copies.push(found)
      return found.path
    },
    [Symbol.dispose]: () => {
      for (const one of [disk, ...copies]) one[Symbol.dispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Whether this machine lets us cut the power of such a disk, and really loses what was not synced. */
export const canCutPower = (() => {
  if (!canMount) return false
  try {
    using disk = cuttableDisk()
    writeFileSync(join(disk.path, 'not-synced'), 'lost')
    const file = openSync(join(disk.path, 'synced'), 'w')
    writeSync(file, 'kept')
    fsyncSync(file)
    writeSync(file, ' and lost')
    closeSync(file)
    const found = disk.afterCut()
    const read = (name: string) => readFileSync(join(found, name), 'utf8')
    return read('synced') === 'kept' && read('not-synced') !== 'lost'
  } catch {
    return false
  }
})()

export const hasPython = sh('python3', '-c', 'import sqlite3')

/** Makes a folder below another. */
export const below = (folder: string, name: string) => {
  const path = join(folder, name)
  mkdirSync(path, { recursive: true })
  return path
}
