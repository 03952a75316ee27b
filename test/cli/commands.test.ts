import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { commands } from '../../src/cli'
import { runProgram } from '../program'

const root = join(import.meta.dir, '../..')
const snug = (...args: string[]) => runProgram(['bun', 'src/main.ts', ...args], { cwd: root })

test('every command has a usage of its own and a summary in one line', () => {
  const names = commands.map(({ usage }) => usage.replace(/ [<[].*/, ''))
  expect(new Set(names).size).toBe(names.length)
  for (const { summary } of commands) expect(summary).toMatch(/^[a-z][^\n]+[^.]$/)
})

test.each([
  ['an unknown command', ['srve'], 'no command srve; did you mean serve?'],
  ['a missing argument', ['describe'], "missing required argument 'table'"],
  ['one argument too many', ['config', 'all'], 'too many arguments'],
  ['an unknown option', ['config', '--loud'], "unknown option '--loud'"],
])('%s is wrong usage', async (_, args, said) => {
  const { code, err } = await snug(...args)
  expect({ code, said: err.includes(said) ? said : err }).toEqual({ code: 2, said })
})

test('help is no failure, for the program and for each command', async () => {
  expect(await snug('--help')).toMatchObject({ code: 0, err: '' })
  for (const { usage } of commands) {
    const { code, out } = await snug(...usage.replace(/ [<[].*/, '').split(' '), '--help')
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('Usage: snug') })
  }
}, 30_000)
