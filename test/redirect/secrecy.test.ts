import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import decodeQR from 'qr/decode.js'
import { type Draft, deleteLink } from '../../src/core'
import { drawnSvg } from '../qr/drawn'
import { dawn } from '../world'
import { createMaker, type Maker, secretPlace, typePassword, whole } from './made'

const hour = 3_600_000

/** Links whose destination nobody may learn yet. */
const kept: Record<string, Partial<Draft>> = {
  locked: { password: 'open sesame' },
  'locked with a ceiling': { password: 'open sesame', maxClicks: 3, forwardQuery: true },
  early: { startsAt: new Date(dawn + hour) },
  'early and locked': { startsAt: new Date(dawn + hour), password: 'open sesame' },
  'early with a ceiling': { startsAt: new Date(dawn + hour), maxClicks: 3 },
}

/** Every way of asking about a link without being its owner. */
const asking = (
  code: string,
): { path: string; method?: string; headers?: Record<string, string> }[] => {
  const paths = [
    `/${code}`,
    `/${code}?a=1`,
    `/${code}+`,
    `/${code}%2B`,
    `/${code}.qr`,
    `/${code}.qr.png`,
  ]
  const stats = [
    `/api/stats/${code}`,
    `/api/export/${code}?format=csv`,
    `/api/v1/analytics/${code}`,
  ]
  return [...paths, ...stats].flatMap((path) => [
    { path },
    { path, method: 'HEAD' },
    { path, headers: { Accept: 'application/json' } },
    { path, headers: { 'Sec-Purpose': 'prefetch' } },
    { path, headers: { 'User-Agent': 'Twitterbot/1.0' } },
  ])
}

let maker: Maker
beforeEach(async () => {
  maker = await createMaker()
})
afterEach(() => maker.close())

describe('where it leads is nowhere to be read before its time:', () => {
  for (const [state, draft] of Object.entries(kept)) {
    test(`a link that is ${state}`, async () => {
      const { code } = await maker.make({ ...draft, publicStats: true })
      for (const send of asking(code)) {
        const said = await whole(await maker.send(send))
        expect({ ...send, said }).toEqual({
          ...send,
          said: expect.not.stringContaining('secret.example'),
        })
        expect(said).not.toContain('"location"')
        expect(said).not.toContain('innermost')
      }
      const svg = await (await maker.send({ path: `/${code}.qr` })).text()
      expect(decodeQR(drawnSvg(svg), { format: 'RGBA' })).toBe(`http://localhost/${code}`)
      expect(await whole(await typePassword(maker, code, 'wrong'))).not.toContain('secret.example')
    })
  }
})

test('an early link says when it starts, opens in time, and not to the right password before', async () => {
  const password = 'open sesame'
  const startsAt = new Date(dawn + hour)
  const { code } = await maker.make({ startsAt, password })
  const early = await maker.send({ path: `/${code}` })
  expect([early.status, early.headers.get('retry-after')]).toEqual([404, '3600'])
  expect(await early.text()).toContain('This link is not open yet')
  const tried = await typePassword(maker, code, password)
  expect(tried.status).toBe(404)
  expect(await whole(tried)).not.toContain('secret.example')
  maker.pass(hour)
  const opened = await typePassword(maker, code, password)
  expect(opened.headers.get('location')).toBe(secretPlace)
})

test('the four closed pages differ, and each has its JSON', async () => {
  const expired = await maker.make({ expiresAt: new Date(dawn + 1) })
  const removed = await maker.make()
  await deleteLink(maker.app.core, removed)
  const early = await maker.make({ startsAt: new Date(dawn + hour) })
  maker.pass(1000)
  const seen = new Set<string>()
  for (const [code, status, error] of [
    ['nothing', 404, 'missing'],
    [early.code, 404, 'early'],
    [expired.code, 410, 'expired'],
    [removed.code, 410, 'deleted'],
  ] as const) {
    const html = await maker.send({ path: `/${code}`, headers: { Accept: 'text/html' } })
    expect([html.status, html.headers.get('content-type')]).toEqual([
      status,
      'text/html; charset=utf-8',
    ])
    seen.add(await html.text())
    const json = await maker.send({ path: `/${code}`, headers: { Accept: 'application/json' } })
    expect([json.status, await json.json()]).toEqual([
      status,
      { error, message: expect.any(String) },
    ])
  }
  expect(seen.size).toBe(4)
})
