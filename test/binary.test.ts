import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { allScenarios } from './dialects/all'
import { testLongExports } from './exports'
import { administrator, peopleAt } from './people'
import { compiledProgram, runProgram, startProgram, temporaryFolder } from './program'
import { runAt, type Scenario } from './scenario'

const built = temporaryFolder()
let program = ''

beforeAll(async () => {
  program = await compiledProgram(built.path)
}, 120_000)
afterAll(() => built[Symbol.dispose]())

const page = 'https://example.com/'

const shortenAt = async (origin: string, count = 1): Promise<string[]> => {
  const codes: string[] = []
  for (let made = 0; made < count; made++) {
    const answer = await fetch(`${origin}/api/shorten`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ url: page }),
    })
    codes.push(((await answer.json()) as { short_code: string }).short_code)
  }
  return codes
}

const totalOf = async (origin: string, code: string) => {
  const answer = await fetch(`${origin}/api/stats/${code}`)
  return ((await answer.json()) as { total_clicks: number }).total_clicks
}

describe('the compiled program, started in an empty folder,', () => {
  test('answers --version, --help, config and describe', async () => {
    using folder = temporaryFolder()
    const at = { cwd: folder.path }
    expect((await runProgram([program, '--version'], at)).out).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect((await runProgram([program, '--help'], at)).out).toContain('serve')
    expect((await runProgram([program, 'config'], at)).out).toContain('SNUG_PORT=3000')
    expect((await runProgram([program, 'describe', 'options'], at)).out).toContain('`SNUG_PORT`')
    expect(readdirSync(folder.path)).toEqual([])
  })

  test('explains wrong usage and wrong options with exit code 2', async () => {
    using folder = temporaryFolder()
    const at = { cwd: folder.path }
    expect((await runProgram([program, 'dance'], at)).code).toBe(2)
    expect((await runProgram([program, 'describe', 'nothing'], at)).code).toBe(2)
    const wrong = await runProgram([program], {
      cwd: folder.path,
      env: { SNUG_PORT: 'seven', SNUG_PUBLIC: 'maybe', SNUG_BASEURL: 'x' },
    })
    expect(wrong.code).toBe(2)
    expect(wrong.err).toContain('SNUG_PORT must be a whole number from 0 to 65535')
    expect(wrong.err).toContain('SNUG_PUBLIC must be one of on, off')
    expect(wrong.err).toContain('SNUG_BASEURL is not an option; did you mean SNUG_BASE_URL?')
  })

  test('runs no code and reads no options of that folder', async () => {
    using folder = temporaryFolder()
    await Bun.write(join(folder.path, '.env'), 'SNUG_PORT=not-a-port')
    await Bun.write(join(folder.path, 'bunfig.toml'), 'preload = ["./evil.ts"]')
    await Bun.write(join(folder.path, 'evil.ts'), 'console.log("evil"); process.exit(9)')
    expect(await runProgram([program, 'config'], { cwd: folder.path })).toMatchObject({ code: 0 })
  })

  test('loses none of 1,000 clicks that come just before SIGTERM, and exits 0', async () => {
    using folder = temporaryFolder()
    const first = await startProgram([program], { cwd: folder.path })
    const [code = ''] = await shortenAt(first.origin)
    const follow = () => fetch(`${first.origin}/${code}`, { redirect: 'manual' })
    for (let round = 0; round < 20; round++) {
      const answers = await Promise.all(Array.from({ length: 50 }, follow))
      expect(answers.every(({ status }) => status === 302)).toBe(true)
    }
    expect(await first.stop()).toBe(0)

    const second = await startProgram([program], { cwd: folder.path })
    expect(await totalOf(second.origin, code)).toBe(1000)
    expect(await second.stop()).toBe(0)
  }, 30_000)

  test('keeps every acknowledged link through kill -9', async () => {
    using folder = temporaryFolder()
    const first = await startProgram([program], { cwd: folder.path })
    const codes = await shortenAt(first.origin, 20)
    await first.stop('SIGKILL')
    const second = await startProgram([program], { cwd: folder.path })
    for (const code of codes) {
      const { status } = await fetch(`${second.origin}/${code}`, { redirect: 'manual' })
      expect(status).toBe(302)
    }
    await second.stop()
  }, 30_000)

  test('makes the administrator that the variables name, who signs in and out', async () => {
    using folder = temporaryFolder()
    const account = { email: 'ada@example.com', password: 'correct horse battery' }
    const env = { SNUG_ADMIN_EMAIL: account.email, SNUG_ADMIN_PASSWORD: account.password }
    const server = await startProgram([program], { cwd: folder.path, env })
    const post = (path: string, body: object, headers = {}) =>
      fetch(server.origin + path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Origin: server.origin, ...headers },
        body: JSON.stringify(body),
      })
    const who = async (cookie: string) => {
      const answer = await fetch(`${server.origin}/api/snug/v1/session`, { headers: { cookie } })
      return ((await answer.json()) as { account: { role: string } | null }).account?.role
    }
    const signIn = await post('/api/auth/sign-in/email', account)
    expect(signIn.status).toBe(200)
    const cookie = signIn.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    expect(await who(cookie)).toBe('admin')
    expect((await post('/api/auth/sign-out', {}, { cookie })).status).toBe(200)
    expect(await who(cookie)).toBeUndefined()
    await server.stop()
  }, 30_000)

  test('redirects one of 50 right passwords at once when a link may be followed once', async () => {
    using folder = temporaryFolder()
    const env = { SNUG_TRUSTED_PROXIES: 'loopback', ...administrator }
    const server = await startProgram([program], { cwd: folder.path, env })
    const { key } = await peopleAt(server.origin)('ann', {})
    const made = await fetch(`${server.origin}/api/links`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'x-api-key': key },
      body: JSON.stringify({
        originalUrl: page,
        customAlias: 'once',
        maxClicks: 1,
        password: 'open sesame',
      }),
    })
    expect(made.status).toBe(201)
    const unlock = () =>
      fetch(`${server.origin}/once`, {
        method: 'POST',
        body: new URLSearchParams({ password: 'open sesame' }),
        redirect: 'manual',
      })
    const answers = await Promise.all(Array.from({ length: 50 }, unlock))
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 410)).toHaveLength(49)
    await server.stop()
  }, 30_000)

  test('answers healthcheck beside the running server', async () => {
    using folder = temporaryFolder()
    const server = await startProgram([program], { cwd: folder.path })
    const env = { SNUG_PORT: new URL(server.origin).port }
    expect((await runProgram([program, 'healthcheck'], { cwd: folder.path, env })).code).toBe(0)
    await server.stop()
    expect((await runProgram([program, 'healthcheck'], { cwd: folder.path, env })).code).toBe(1)
  }, 30_000)
})

describe('exports', () => testLongExports(() => program))

/** Those that need no standing clock. */
const wired = Object.entries(allScenarios).flatMap(([dialect, scenarios]) =>
  scenarios.filter(({ pass }) => pass === undefined).map((scenario) => ({ dialect, scenario })),
)
/** Strangers share a server with all who need the same environment; people have one to themselves. */
const [alone, together] = [true, false].map((own) =>
  wired.filter(({ scenario }) => (scenario.people !== undefined) === own),
)
const groups = Map.groupBy(together ?? [], ({ scenario }) => JSON.stringify(scenario.with ?? {}))

const serverWith = async (cwd: string, env: Record<string, string> = {}) =>
  startProgram([program], {
    cwd,
    env: { SNUG_TRUSTED_PROXIES: 'loopback', ...administrator, ...env },
  })

let client = 0
const nextAddress = () => `198.18.${(++client >> 8) & 255}.${client & 255}`
const play = (scenario: Scenario, origin: string) =>
  runAt(scenario, origin, { address: nextAddress(), person: peopleAt(origin) })

for (const [env, members] of groups) {
  describe(`over the wire, with ${env},`, () => {
    const folder = temporaryFolder()
    let server: Awaited<ReturnType<typeof startProgram>>
    beforeAll(async () => {
      server = await serverWith(folder.path, JSON.parse(env))
    }, 30_000)
    afterAll(async () => {
      await server.stop()
      folder[Symbol.dispose]()
    })
    for (const { dialect, scenario } of members)
      test(`${dialect}: ${scenario.says}`, () => play(scenario, server.origin), 30_000)
  })
}

describe('over the wire, with people,', () => {
  for (const { dialect, scenario } of alone ?? [])
    test(`${dialect}: ${scenario.says}`, async () => {
      using folder = temporaryFolder()
      const server = await serverWith(folder.path, scenario.with)
      try {
        await play(scenario, server.origin)
      } finally {
        await server.stop('SIGKILL')
      }
    }, 30_000)
})
