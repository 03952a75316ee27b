import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { createMailBox } from '../mail-box'
import { runProgram, startProgram, temporaryFolder } from '../program'

const program = ['bun', join(import.meta.dir, '../../src/main.ts')]
const key = 'the-key-of-a-customer'

test('beside a running server a customer is put on a plan, until a day or for ever', async () => {
  using folder = temporaryFolder()
  const snug = (...args: string[]) => runProgram([...program, ...args], { cwd: folder.path })
  const env = { SNUG_DEFAULT_PLAN: 'free' }
  const server = await startProgram(program, { cwd: folder.path, env })
  const headers = { 'Content-Type': 'application/json', 'X-Customer-Key': key }
  const shortened = await fetch(`${server.origin}/api/shorten`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ url: 'https://example.com' }),
  })
  const { short_code } = (await shortened.json()) as { short_code: string }
  const stats = async () =>
    (await fetch(`${server.origin}/api/stats/${short_code}`, { headers })).json()
  const dashboard = async () => (await fetch(`${server.origin}/api/dashboard`, { headers })).status

  expect(await stats()).toMatchObject({ access_level: 'free' })
  expect(await dashboard()).toBe(401)

  const granted = await snug('grant', key, '--plan', 'pro', '--until', '2099-02-13')
  expect(granted).toMatchObject({
    code: 0,
    err: '',
    out: '1\t-\tcustomer\tmember\tpro until 2099-02-13\n',
  })
  const left = Math.ceil((Date.parse('2099-02-13') - Date.now()) / 86_400_000)
  expect(await stats()).toMatchObject({
    access_level: 'paid',
    paid_expires_at: '2099-02-13T00:00:00+00:00',
    paid_days_remaining: left,
  })
  expect(await dashboard()).toBe(200)

  expect((await snug('grant', key, '--plan', 'enterprise')).code).toBe(0)
  expect(await stats()).toMatchObject({ paid_expires_at: null, paid_days_remaining: null })
  expect((await snug('grant', key, '--plan', 'free')).code).toBe(0)
  expect(await stats()).toMatchObject({ access_level: 'free' })

  expect(await snug('grant', 'nobody-has-this-key', '--plan', 'pro')).toMatchObject({
    code: 1,
    out: '',
  })
  expect((await snug('grant', key, '--plan', 'gold')).code).toBe(1)
  expect((await snug('grant', key, '--plan', 'pro', '--until', '2001-01-01')).code).toBe(1)
  for (const date of ['soon', '2099-02-30', 'March 5 2099', '2099'])
    expect((await snug('grant', key, '--plan', 'pro', '--until', date)).code).toBe(2)
  expect((await snug('grant', key)).code).toBe(2)
  expect((await snug('grant')).code).toBe(2)
  expect(await stats()).toMatchObject({ access_level: 'free' })
  expect(await server.stop()).toBe(0)
}, 60_000)

test('the key is mailed to whom the operator names, and nothing is granted when it can’t be', async () => {
  using folder = temporaryFolder()
  const box = await createMailBox()
  const snug = (env: Record<string, string>, ...args: string[]) =>
    runProgram([...program, ...args], { cwd: folder.path, env })
  const server = await startProgram(program, { cwd: folder.path })
  await fetch(`${server.origin}/api/shorten`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ url: 'https://example.com', customer_secret_key: key }),
  })
  const grant = ['grant', key, '--plan', 'pro', '--mail']
  expect(await snug({}, ...grant, 'eve@example.com')).toMatchObject({ code: 2, out: '' })
  const withMail = { SNUG_SMTP_URL: box.url }
  expect(await snug(withMail, ...grant, 'nobody')).toMatchObject({ code: 1, out: '' })
  expect(await snug(withMail, ...grant, 'eve@example.com')).toMatchObject({ code: 0, err: '' })
  const mail = await box.next()
  expect(mail).toContain('To: eve@example.com')
  expect(mail).toContain(`X-Customer-Key: ${key}`)
  expect(box.mails).toEqual([])
  await server.stop()
  await box.close()
}, 60_000)
