import { expect, test } from 'bun:test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startProgram, temporaryFolder } from '../program'

const program = ['bun', join(import.meta.dir, '../../src/main.ts')]
const account = { email: 'ada@example.com', password: 'correct horse battery' }
const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

test('neither disk nor log hold a password, a session, an address or a user agent', async () => {
  using folder = temporaryFolder()
  const server = await startProgram(program, {
    cwd: folder.path,
    env: {
      SNUG_ADMIN_EMAIL: account.email,
      SNUG_ADMIN_PASSWORD: account.password,
      SNUG_TRUSTED_PROXIES: 'loopback',
      SNUG_ACCESS_LOG: 'on',
      SNUG_LOG_LEVEL: 'debug',
      // of other programs, and none of our business
      BASE_URL: 'https://other.example',
      BETTER_AUTH_URL: 'https://other.example',
    },
  })
  const said = new Response(server.process.stderr).text()
  const signIn = (password: string) =>
    fetch(`${server.origin}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Origin: server.origin,
        'User-Agent': agent,
        'X-Forwarded-For': '203.0.113.77',
      },
      body: JSON.stringify({ ...account, password }),
    })
  const answer = await signIn(account.password)
  expect(answer.status).toBe(200)
  const [cookie = ''] = answer.headers.getSetCookie()
  const token = /session_token=([A-Za-z0-9]{32})/.exec(cookie)?.[1] ?? ''
  expect(token).not.toBe('')
  expect((await signIn('wrong horse battery')).status).toBe(401)

  const search = (places: string[]) => {
    const secrets = [account.password, 'wrong horse', token, '203.0.113.77', 'Gecko/20100101']
    for (const place of places) for (const text of secrets) expect(place).not.toContain(text)
  }
  const data = join(folder.path, 'data')
  const files = () =>
    readdirSync(data).map((name) => readFileSync(join(data, name)).toString('latin1'))
  expect(files().join()).toContain('Firefox on Linux')
  search(files())
  expect(await server.stop()).toBe(0)
  search([...files(), await said])
}, 30_000)
