import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { createWorld, type Send, type World } from '../world'

/** Whichever API is asked: a link to ourselves would lead in a circle. */
let world: World
let key = ''
let cookie = ''

beforeAll(async () => {
  world = await createWorld({ SNUG_RATE_LIMITS: 'off' })
  const person = await world.person('ann', { role: 'admin' })
  ;({ key, cookie } = person)
  const made = await ask({ path: '/api/snug/v1/domains', body: { host: 'GO.own.example.' } })
  const { id } = (await made.json()) as { id: string }
  const verify = { path: `/api/snug/v1/domains/${id}/verify`, body: { force: true } }
  expect((await ask(verify)).status).toBe(200)
})
afterAll(() => world.close())

const ask = ({ headers, ...send }: Send) =>
  world.send({
    ...send,
    headers: { Host: 'short.test', 'Sec-Fetch-Site': 'same-origin', Cookie: cookie, ...headers },
  })

/** How each API makes a link. */
const makers: Record<string, (destination: string) => Send> = {
  shorten: (url) => ({ path: '/api/shorten', body: { url } }),
  v1: (url) => ({
    path: '/api/v1/shorten',
    headers: { Authorization: `Bearer ${key}` },
    body: { url },
  }),
  urls: (url) => ({ path: '/api/urls', headers: { 'X-API-Key': key }, body: { url } }),
  'urls create': (url) => ({
    path: '/api/urls/create',
    headers: { 'X-API-Key': key },
    body: { url },
  }),
  shortlinks: (url) => ({ path: '/api/shortlinks', headers: { 'X-API-Key': key }, body: { url } }),
  links: (originalUrl) => ({
    path: '/api/links',
    headers: { 'X-API-Key': key },
    body: { originalUrl },
  }),
  guest: (originalUrl) => ({ path: '/api/links/guest', body: { originalUrl } }),
  bulk: (originalUrl) => ({ path: '/api/links/bulk', body: { links: [{ originalUrl }] } }),
  snug: (destination) => ({ path: '/api/snug/v1/links', body: { destination } }),
}

const spellings = [
  'http://short.test/x',
  'http://SHORT.test./x',
  'https://short.test:443/x',
  'http://short.test:443/x',
  'http://short。test/x',
  'http://ｓhort.test./x',
  'http://shor%74.test/x',
  'https://go.own.example/x',
  'https://GO.own.example./x',
  'http://go.own.example.:8080/x',
  'http://go.own%2eexample/x',
]

const nowhere = [
  'http://.',
  'http://./x',
  'https://a..b',
  'https://a../x',
  `https://${'a'.repeat(64)}.test/`,
]

describe.each(Object.entries(makers))('%s', (_, make) => {
  test('refuses our own hosts in every spelling, and hosts that cannot be', async () => {
    for (const destination of [...spellings, ...nowhere]) {
      const answer = await ask(make(destination))
      expect({ destination, status: answer.status }).toEqual({ destination, status: 400 })
    }
  })
  test('takes hosts that only look like ours', async () => {
    for (const host of ['xshort.test', 'short.test.example', 'short.test:8080', 'own.example.']) {
      const answer = await ask(make(`https://${host}/x`))
      expect({ host, status: answer.status < 300 }).toEqual({ host, status: true })
    }
  })
})

test('an edit is no way round, and neither is a base URL or a proxy in another spelling', async () => {
  const made = await ask({
    path: '/api/snug/v1/links',
    body: { destination: 'https://a.example/' },
  })
  const { id } = (await made.json()) as { id: number }
  const edit = (destination: string) =>
    ask({ method: 'PATCH', path: `/api/snug/v1/links/${id}`, body: { destination } })
  expect((await edit('http://Short.test./x')).status).toBe(400)

  const url = 'https://proxied.test.:443/x'
  const forwarded = { 'X-Forwarded-Host': 'PROXIED.test.:443', 'X-Forwarded-Proto': 'https' }
  expect((await ask({ path: '/api/shorten', headers: forwarded, body: { url } })).status).toBe(400)

  const fixed = await createWorld({ SNUG_BASE_URL: 'https://Base.TEST.:443/s/' })
  const shorten = (to: string) => fixed.send({ path: '/api/shorten', body: { url: to } })
  expect((await shorten('http://base.test/x')).status).toBe(400)
  expect(await (await shorten('http://other.test/x')).json()).toMatchObject({
    short_url: expect.stringMatching(/^https:\/\/base\.test\/s\/\w+$/),
  })
  await fixed.close()
})
