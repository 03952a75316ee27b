import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { deleteLink, editLink } from '../../src/core'
import { createMaker, type Maker, secretPlace, typePassword, whole } from './made'

let maker: Maker
beforeEach(async () => {
  maker = await createMaker()
})
afterEach(() => maker.close())

const password = 'open sesame'
const from = (address: string) => ({ headers: { 'X-Forwarded-For': address } })

describe('a link with a password', () => {
  test('asks for it with a form that works without a script', async () => {
    const { code } = await maker.make({ password })
    const answer = await maker.send({ path: `/${code}` })
    expect(answer.status).toBe(200)
    const html = await answer.text()
    expect(html).toContain('<form method="post">')
    expect(html).toContain('name="password" type="password"')
    expect(html).not.toContain('<script')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('content-security-policy')).toContain(
      "form-action 'self' http: https:",
    )
  })

  test('answers a wrong one with 401 and the form again', async () => {
    const { code } = await maker.make({ password })
    for (const wrong of ['', 'x', 'Open sesame', 'x'.repeat(257), '\u0000', '\ud800']) {
      maker.pass(60_000)
      const answer = await typePassword(maker, code, wrong)
      expect(answer.status).toBe(401)
      expect(await whole(answer)).not.toContain('secret.example')
    }
    const again = await typePassword(maker, code, 'x')
    expect(await again.text()).toContain('<form method="post">')
  })

  test('answers the right one with 303 to the destination, kept by nobody, and counts one click', async () => {
    const { id, code } = await maker.make({ password, redirectStatus: 308 })
    const answer = await typePassword(maker, code, password)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe(secretPlace)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(await answer.text()).toBe('')
    await maker.app.clicks.drain()
    const [{ clicks }] = await maker.store.ask([
      { ask: 'totals', filter: { scope: { links: [id] } } },
    ] as const)
    expect(clicks).toBe(1)
  })

  test('takes every character that a password may have', async () => {
    const odd = 'ä&=+% ; "日本"😀'
    const { code } = await maker.make({ password: odd })
    expect((await typePassword(maker, code, odd)).status).toBe(303)
    const longest = '😀'.repeat(128)
    const { code: other } = await maker.make({ password: longest })
    expect((await typePassword(maker, other, longest)).status).toBe(303)
  })

  test('speaks JSON to those that ask for it', async () => {
    const { code } = await maker.make({ password })
    const headers = { Accept: 'application/json' }
    const asked = await maker.send({ path: `/${code}`, headers })
    expect(asked.status).toBe(200)
    expect(await asked.json()).toEqual({
      error: 'locked',
      message: 'This link asks for a password',
    })
    const wrong = await typePassword(maker, code, 'x', { headers })
    expect(wrong.status).toBe(401)
    expect(await wrong.json()).toMatchObject({ error: 'wrong' })
  })

  test('takes nothing but a small plain form', async () => {
    const { code } = await maker.make({ password })
    const right = new URLSearchParams({ password }).toString()
    for (const [type, body] of [
      ['application/json', JSON.stringify({ password })],
      ['text/plain', right],
      ['multipart/form-data; boundary=x', right],
      ['application/x-www-form-urlencoded', 'pass=x'],
      ['application/x-www-form-urlencoded', ''],
      ['application/x-www-form-urlencoded', `${right}&more=${'x'.repeat(5000)}`],
    ] as const) {
      const answer = await maker.send({
        path: `/${code}`,
        method: 'POST',
        headers: { 'Content-Type': type },
        body,
      })
      expect(answer.status).toBe(400)
      expect(await whole(answer)).not.toContain('secret.example')
    }
  })

  test('takes no password from another site’s page', async () => {
    const { code } = await maker.make({ password })
    const own = 'http://localhost'
    for (const [headers, status] of [
      [{ 'Sec-Fetch-Site': 'cross-site' }, 403],
      [{ 'Sec-Fetch-Site': 'same-site' }, 403],
      [{ Origin: 'https://evil.example' }, 403],
      [{ Origin: 'https://localhost.evil.example' }, 403],
      [{ 'Sec-Fetch-Site': 'same-origin', Origin: own }, 303],
      [{ 'Sec-Fetch-Site': 'none' }, 303],
      [{ Origin: own }, 303],
      [{ Origin: 'http://localhost.' }, 303],
      [{ Origin: 'null' }, 303],
      [{}, 303],
    ] as [Record<string, string>, number][])
      expect((await typePassword(maker, code, password, { headers })).status).toBe(status)
  })

  test('is not asked for any more when it came too late, after it was taken away', async () => {
    const { code } = await maker.make()
    const answer = await typePassword(maker, code, password)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe(secretPlace)
    expect((await typePassword(maker, 'nothing', password)).status).toBe(404)
  })

  test('that was deleted while its password was checked leads nowhere', async () => {
    const link = await maker.make({ password })
    const [answer] = await Promise.all([
      typePassword(maker, link.code, password),
      deleteLink(maker.app.core, link),
    ])
    expect(answer.status).toBe(410)
    expect(await whole(answer)).not.toContain('secret.example')
  })
})

describe('guessing', () => {
  test('ends after 5 wrong passwords a minute for a link and an address, however many come at once', async () => {
    const { code } = await maker.make({ password })
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => typePassword(maker, code, 'x', from('192.0.2.7'))),
    )
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
    const [refused] = answers.filter(({ status }) => status === 429)
    expect(Number(refused?.headers.get('retry-after'))).toBeWithin(1, 61)
    expect((await typePassword(maker, code, password, from('192.0.2.7'))).status).toBe(429)
    expect((await typePassword(maker, code, password, from('192.0.2.8'))).status).toBe(303)
    maker.pass(60_000)
    expect((await typePassword(maker, code, password, from('192.0.2.7'))).status).toBe(303)
  })

  test('counts a household’s addresses as one, and every link by itself', async () => {
    const { code } = await maker.make({ password })
    const { code: other } = await maker.make({ password })
    for (let host = 1; host <= 5; host++)
      await typePassword(maker, code, 'x', from(`2001:db8:1:2::${host}`))
    expect((await typePassword(maker, code, 'x', from('2001:db8:1:2::6'))).status).toBe(429)
    expect((await typePassword(maker, code, 'x', from('2001:db8:1:3::6'))).status).toBe(401)
    expect((await typePassword(maker, other, 'x', from('2001:db8:1:2::6'))).status).toBe(401)
  })

  test('ends after 100 wrong passwords an hour for a link, wherever they come from', async () => {
    const { code } = await maker.make({ password })
    const guess = (n: number) => typePassword(maker, code, '', from(`198.51.${n}.1`))
    const statuses = await Promise.all(
      Array.from({ length: 101 }, async (_, n) => (await guess(n)).status),
    )
    expect(statuses.filter((status) => status === 401)).toHaveLength(100)
    const last = await typePassword(maker, code, password, from('203.0.113.1'))
    expect(last.status).toBe(429)
    expect(Number(last.headers.get('retry-after'))).toBeWithin(1, 3601)
  })

  test('is not what people do who know the password: they are never slowed down', async () => {
    const { code } = await maker.make({ password })
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => typePassword(maker, code, password)),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(303))
  })

  test('costs a hash each; who brings the right password beside others is not made to wait', async () => {
    let hashed = 0
    const verify: typeof Bun.password.verify = async (...given) => {
      hashed++
      return Bun.password.verify(...given)
    }
    await maker.close()
    maker = await createMaker({}, { hashing: { hash: Bun.password.hash, verify } })
    const { code, id } = await maker.make({ password, maxClicks: 1 })
    const type = (typed: string, n = 0) =>
      typePassword(maker, code, typed, from(`198.51.100.${n}`)).then(({ status }) => status)
    const both = Array.from({ length: 50 }, (_, n) =>
      type(n % 10 === 0 ? `wrong ${n}` : password, n),
    )
    expect(Object.groupBy(await Promise.all(both), String)).toEqual({
      303: [303],
      401: Array(5).fill(401),
      410: Array(44).fill(410),
    })
    expect(hashed).toBe(6)
    await editLink(maker.app.core, maker.caller, id, { password: 'another', maxClicks: 9 })
    expect([await type(password), await type('another')]).toEqual([401, 303])
    expect(hashed).toBe(8)
  })
})
