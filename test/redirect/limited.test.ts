import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { createMaker, type Maker, secretPlace, typePassword } from './made'

let maker: Maker
beforeEach(async () => {
  maker = await createMaker()
})
afterEach(() => maker.close())

const statuses = async (answers: Promise<Response>[]) =>
  Object.fromEntries(
    Object.entries(Object.groupBy(await Promise.all(answers), ({ status }) => status)).map(
      ([status, same]) => [status, same?.length],
    ),
  )

const times = (count: number, ask: () => Promise<Response>) => Array.from({ length: count }, ask)

describe('a link with a ceiling', () => {
  test('is followed exactly that often by 100 visits at once, and then is used up', async () => {
    const { code } = await maker.make({ maxClicks: 7 })
    const visits = times(100, () => maker.send({ path: `/${code}` }))
    expect(await statuses(visits)).toEqual({ 302: 7, 410: 93 })
    const late = await maker.send({ path: `/${code}`, headers: { Accept: 'application/json' } })
    expect(await late.json()).toEqual({ error: 'spent', message: 'This link is used up' })
  })

  test('of 1 with a password is followed once by 50 right passwords at once', async () => {
    const { code } = await maker.make({ maxClicks: 1, password: 'open sesame' })
    const unlocks = times(50, () => typePassword(maker, code, 'open sesame'))
    expect(await statuses(unlocks)).toEqual({ 303: 1, 410: 49 })
  }, 30_000)

  test('of 1 redirects once, to whoever asks first, by a visit or by a form', async () => {
    for (const first of ['visit', 'form']) {
      const { code } = await maker.make({ maxClicks: 1 })
      const asks = [() => maker.send({ path: `/${code}` }), () => typePassword(maker, code, 'any')]
      if (first === 'form') asks.reverse()
      for (const [at, ask] of asks.entries())
        expect((await ask()).headers.get('location')).toBe(at === 0 ? secretPlace : null)
    }
  })

  test('is not used up by those that merely look: they get a neutral page', async () => {
    for (const draft of [{ maxClicks: 1 }, { password: 'open sesame' }]) {
      const { code } = await maker.make(draft)
      for (const looking of [
        { method: 'HEAD' },
        { headers: { 'Sec-Purpose': 'prefetch;prerender' } },
        { headers: { Purpose: 'prefetch' } },
        { headers: { 'User-Agent': 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)' } },
        { headers: { 'User-Agent': 'WhatsApp/2.23.20.0' } },
        { headers: { 'User-Agent': 'facebookexternalhit/1.1' } },
        { headers: { 'User-Agent': 'Mozilla/5.0 (compatible; Discordbot/2.0)' } },
        { headers: { 'User-Agent': 'TelegramBot (like TwitterBot)' } },
      ]) {
        const answer = await maker.send({ path: `/${code}`, ...looking })
        expect([answer.status, answer.headers.get('location')]).toEqual([200, null])
        expect(await answer.text()).not.toContain('<form')
      }
      const last = draft.password
        ? await typePassword(maker, code, draft.password)
        : await maker.send({ path: `/${code}` })
      expect(last.headers.get('location')).toBe(secretPlace)
    }
  })

  test('is followed by the tools that people call themselves', async () => {
    const phone = 'Mozilla/5.0 (Linux; Android 12; CUBOT X50)'
    for (const agent of ['curl/8.14.1', 'python-requests/2.32', phone, '']) {
      const { code } = await maker.make({ maxClicks: 1 })
      const answer = await maker.send({ path: `/${code}`, headers: { 'User-Agent': agent } })
      expect(answer.status).toBe(302)
    }
  })

  test('says what it is by now when it changed under a visit', async () => {
    const link = await maker.make({ maxClicks: 5 })
    expect((await maker.send({ path: `/${link.code}` })).status).toBe(302)
    await maker.store.links.retire(link.id, new Date(maker.now()))
    const headers = { Accept: 'application/json' }
    const answer = await maker.send({ path: `/${link.code}`, headers })
    expect(answer.status).toBe(410)
    expect(await answer.json()).toMatchObject({ error: 'deleted' })
  })
})

test('links without ceiling or password answer HEAD and prefetch like GET', async () => {
  const { code } = await maker.make()
  for (const looking of [{ method: 'HEAD' }, { headers: { Purpose: 'prefetch' } }]) {
    const answer = await maker.send({ path: `/${code}`, ...looking })
    expect(answer.headers.get('location')).toBe(secretPlace)
  }
})
