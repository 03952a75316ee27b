import { describe, expect, test } from 'bun:test'
import { sql } from 'drizzle-orm'
import { editLink } from '../../src/core'
import { createMaker, typePassword } from './made'

/** What stood in databases that took in rows without judging them. */
const destinations = [
  'not a url',
  '',
  ' ',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'ftp://files.example/',
  'file:///etc/passwd',
  'https://',
  'http://[::1',
  'https://a.example:99999/',
  '//evil.example',
  '/admin',
  '\u0000',
  'https://exa mple.com/',
  'x'.repeat(100_000),
]

describe('a stored destination that leads nowhere never breaks the redirect', () => {
  for (const destination of destinations)
    test(JSON.stringify(destination).slice(0, 60), async () => {
      const maker = await createMaker()
      await maker.make({ code: 'plain' })
      await maker.make({ code: 'limited', maxClicks: 3 })
      await maker.make({ code: 'forwards', forwardQuery: true })
      await maker.make({ code: 'locked', password: 'open sesame' })
      maker.store.signIn.db.run(sql`UPDATE links SET destination = ${destination}`)
      for (const path of ['plain', 'limited', 'forwards?a=b', 'plain+', 'limited+'])
        for (const method of ['GET', 'HEAD'])
          for (let time = 0; time < 2; time++) {
            const answer = await maker.send({ path: `/${path}`, method })
            expect({ path, status: answer.status }).toEqual({ path, status: 410 })
            expect(answer.headers.get('location')).toBeNull()
          }
      expect((await typePassword(maker, 'locked', 'open sesame')).status).toBe(410)
      const json = await maker.send({ path: '/plain', headers: { Accept: 'application/json' } })
      expect(await json.json()).toMatchObject({ error: 'nowhere' })
      expect((await maker.send({ path: '/plain.qr' })).status).toBeLessThan(500)
      await maker.app.clicks.drain()
      const link = await maker.store.links.byCode('', 'limited')
      expect(link?.spent).toBe(0)
      expect(maker.lines).toEqual([])
      await maker.close()
    })
})

test.each([200, 0, -1, 99, 303, 304, 404, 600, 1e9])(
  'a stored status of %p is answered as the usual one',
  async (status) => {
    const maker = await createMaker()
    await maker.make({ code: 'plain' })
    maker.store.signIn.db.run(sql`UPDATE links SET redirect_status = ${status}`)
    const answer = await maker.send({ path: '/plain' })
    expect({ status: answer.status, leads: answer.headers.has('location') }).toEqual({
      status: 302,
      leads: true,
    })
    await maker.close()
  },
)

test('a stored password hash that is none is never the right password', async () => {
  const maker = await createMaker()
  await maker.make({ code: 'locked', password: 'open sesame' })
  for (const hash of ['', 'open sesame', '$argon2id$broken', '$2b$10$short']) {
    maker.store.signIn.db.run(sql`UPDATE links SET password_hash = ${hash}`)
    const link = await maker.store.links.byCode('', 'locked')
    if (link !== null) await editLink(maker.app.core, maker.caller, link.id, { title: hash })
    expect((await typePassword(maker, 'locked', 'open sesame')).status).toBe(401)
  }
  expect(maker.lines).toEqual([])
  await maker.close()
})
