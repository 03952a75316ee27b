import { describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import { runProgram, startProgram, temporaryFolder } from '../program'

const program = ['bun', join(import.meta.dir, '../../src/main.ts')]

/** A data folder, and the program run on it. */
const place = () => {
  const folder = temporaryFolder()
  const snug = (...args: string[]) => runProgram([...program, ...args], { cwd: folder.path })
  return { ...folder, snug }
}

const lastWord = (out: string) => out.trim().split(/\s/).at(-1) ?? ''

describe('beside a running server', () => {
  test('accounts and keys are made, changed and taken away', async () => {
    using at = place()
    const server = await startProgram(program, { cwd: at.path })
    const signIn = (password: string) =>
      fetch(`${server.origin}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ email: 'ada@example.com', password }),
      })
    const asked = async (key: string) => {
      const headers = { Authorization: `Bearer ${key}` }
      return (await fetch(`${server.origin}/api/snug/v1/session`, { headers })).status
    }

    const made = await at.snug('account', 'create', 'Ada@Example.com', '--role', 'admin')
    expect(made).toMatchObject({ code: 0, err: '' })
    expect(made.out).toContain('1\tada@example.com\tuser\tadmin\tenterprise\n')
    expect((await signIn(lastWord(made.out))).status).toBe(200)

    const key = lastWord((await at.snug('key', 'create', 'ada@example.com', '--name', 'CI')).out)
    expect(key).toMatch(/^sk_[0-9a-f]{64}$/)
    expect(await asked(key)).toBe(200)

    for (let tries = 0; tries < 5; tries++)
      expect((await signIn('wrong password')).status).toBe(401)
    expect((await signIn(lastWord(made.out))).status).toBe(429)
    const reset = await at.snug('account', 'reset-password', 'ada@example.com')
    expect((await signIn(lastWord(made.out))).status).toBe(401)
    expect((await signIn(lastWord(reset.out))).status).toBe(200)

    await at.snug('account', 'create', 'bob@example.com', '--role', 'admin')
    expect((await at.snug('account', 'set', 'ada@example.com', '--suspend')).code).toBe(0)
    expect(await asked(key)).toBe(403)
    const stay = await at.snug('account', 'set', 'ada@example.com', '--suspend', '--links-stay')
    expect(stay.out).toEndWith('\tsuspended, links stay\n')
    const closed = await at.snug('account', 'set', 'ada@example.com', '--suspend')
    expect(closed.out).toEndWith('\tsuspended\n')
    const set = ['--resume', '--plan', 'pro', '--until', '2030-01-31', '--role', 'member']
    const { out } = await at.snug('account', 'set', 'ada@example.com', ...set)
    expect(out).toBe('1\tada@example.com\tuser\tmember\tpro until 2030-01-31\n')
    expect(await asked(key)).toBe(200)

    expect((await at.snug('account', 'list')).out.split('\n')).toHaveLength(3)
    const mask = `${key.slice(0, 11)}_${key.slice(-4)}`
    expect((await at.snug('key', 'revoke', mask)).out).toContain(mask)
    expect(await asked(key)).toBe(401)
    expect(await server.stop()).toBe(0)
  }, 60_000)
})

test.each([
  ['no such account', ['account', 'set', 'eve@example.com', '--suspend'], 1, 'no account eve@'],
  ['no address', ['account', 'create', 'eve'], 1, 'email address'],
  ['no such plan', ['account', 'create', 'e@example.com', '--plan', 'gold'], 1, 'plan'],
  ['no date', ['account', 'create', 'e@example.com', '--until', 'soon'], 1, 'ISO date'],
  ['no role', ['account', 'create', 'e@example.com', '--role', 'king'], 2, 'admin or member'],
  ['no such key', ['key', 'revoke', 'sk_1a2b3c4d_wxyz'], 1, 'record_missing: key'],
])(
  '%s is told',
  async (_, args, code, said) => {
    using at = place()
    const ended = await at.snug(...args)
    expect({ code: ended.code, err: ended.err }).toEqual({
      code,
      err: expect.stringContaining(said),
    })
    expect(ended.out).toBe('')
  },
  30_000,
)

test('an address that nobody has proved gets nothing until that is said', async () => {
  using at = place()
  const env = { SNUG_SIGNUP: 'open' }
  const server = await startProgram(program, { cwd: at.path, env })
  const body = { name: 'M', email: 'victim@corp.example', password: 'mallory password' }
  const signedUp = await fetch(`${server.origin}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(signedUp.status).toBe(200)
  await server.stop()
  for (const change of [['--suspend'], ['--resume'], ['--name', 'M']])
    expect((await at.snug('account', 'set', body.email, ...change)).code).toBe(0)
  const csv = join(at.path, 'links.csv')
  await Bun.write(csv, 'url\nhttps://secret.corp.example/plan\n')
  for (const command of [
    ['account', 'set', body.email, '--plan', 'pro'],
    ['account', 'reset-password', body.email],
    ['key', 'create', body.email],
    ['import', csv, '--owner', body.email],
    ['account', 'set', body.email, '--role', 'admin'],
  ]) {
    const refused = await at.snug(...command)
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('--unproved')])
    expect((await at.snug(...command, '--unproved')).code).toBe(0)
  }
}, 60_000)
