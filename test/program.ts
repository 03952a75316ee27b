import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dir, '..')

/** A folder that is gone after the test. */
export const temporaryFolder = () => {
  const path = mkdtempSync(join(tmpdir(), 'snug-test-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** The compiled program: the one that `SNUG_BINARY` names, or one built now. */
export const compiledProgram = async (folder: string): Promise<string> => {
  const given = process.env.SNUG_BINARY
  if (given) return given
  const outfile = join(folder, 'snug')
  const build = Bun.spawn(['bun', 'run', 'build', '--outfile', outfile], {
    cwd: root,
    stdout: 'ignore',
    stderr: 'pipe',
  })
  if ((await build.exited) !== 0) throw new Error(await new Response(build.stderr).text())
  return outfile
}

/** A server of its own process on a free port; `stop` ends it and answers its exit code. */
export const startProgram = async (
  command: readonly string[],
  { cwd, env = {} }: { cwd: string; env?: Record<string, string> },
) => {
  const process = Bun.spawn([...command], {
    cwd,
    env: { PATH: Bun.env.PATH ?? '', SNUG_PORT: '0', SNUG_HOST: '127.0.0.1', ...env },
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const origin = await listeningAt(process)
  return {
    origin,
    process,
    stop: async (signal: NodeJS.Signals = 'SIGTERM') => {
      process.kill(signal)
      return process.exited
    },
  }
}

const listeningAt = async (process: Bun.Subprocess<'ignore', 'pipe', 'pipe'>): Promise<string> => {
  let said = ''
  const decoder = new TextDecoder()
  for await (const chunk of process.stdout) {
    said += decoder.decode(chunk, { stream: true })
    const origin = /listening at (http:\S+)/.exec(said)?.[1]
    if (origin !== undefined) return origin
  }
  throw new Error(`the program ended early: ${said}${await new Response(process.stderr).text()}`)
}

/** Runs a command to its end; answers its exit code and what it said. */
export const runProgram = async (
  command: readonly string[],
  { cwd, env = {} }: { cwd: string; env?: Record<string, string> },
) => {
  const process = Bun.spawn([...command], {
    cwd,
    env: { PATH: Bun.env.PATH ?? '', ...env },
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [out, err, code] = await Promise.all([
    new Response(process.stdout).text(),
    new Response(process.stderr).text(),
    process.exited,
  ])
  return { out, err, code }
}
