import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { dialects } from '../../src/dialects'
import { createWorld, type Send, type World } from '../world'

/** Making keys buys nothing: neither more of them than a hundred, nor more requests. */
let world: World
let ann: Awaited<ReturnType<World['person']>>

beforeEach(async () => {
  world = await createWorld()
  ann = await world.person('ann') // she has one key
})
afterEach(() => world.close())

const signedIn = (send: Send) =>
  world.send({ ...send, headers: { Cookie: ann.cookie, 'Sec-Fetch-Site': 'same-origin' } })

const mint = async () => {
  const answer = await signedIn({ method: 'POST', path: '/api/keys' })
  return ((await answer.json()) as { key: string }).key
}

const full = 'An account can have 100 API keys: delete one first'

describe('an account with a hundred keys', () => {
  test('gets no other one from any API, however many are asked for at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 120 }, (_, n) =>
        n % 2 === 0
          ? signedIn({ method: 'POST', path: '/api/keys' })
          : signedIn({ path: '/api/snug/v1/keys', body: { name: `${n}` } }),
      ),
    )
    const refused = answers.filter(({ status }) => status === 409)
    expect(refused).toHaveLength(21)
    expect(await world.store.keys.all(ann.account.id)).toHaveLength(100)
    const urls = await signedIn({ method: 'POST', path: '/api/keys' })
    expect([urls.status, await urls.json()]).toEqual([409, { error: full, message: full }])
    const snug = await signedIn({ path: '/api/snug/v1/keys', body: {} })
    expect(await snug.json()).toMatchObject({ status: 409, fault: 'keys_full', detail: full })
  })

  test('can rotate its personal one, and make another one for one it deletes', async () => {
    const last = await Promise.all(Array.from({ length: 99 }, mint)).then((keys) => keys.at(-1))
    const rotate = { method: 'POST', path: '/api/snug/v1/keys/personal/rotate' }
    for (const _ of 'twice') expect((await signedIn(rotate)).status).toBe(200)
    expect((await signedIn({ method: 'POST', path: '/api/keys' })).status).toBe(409)
    expect((await signedIn({ method: 'DELETE', path: `/api/keys/${last}` })).status).toBe(200)
    expect((await signedIn({ method: 'POST', path: '/api/keys' })).status).toBe(200)
    const { account } = await world.person('bob')
    await expect(world.app.core.keys.mint(account, {})).resolves.toBeObject()
  })
})

const v1 = (key: string, send: Send) =>
  world.send({ ...send, headers: { Authorization: `Bearer ${key}` } })
const url = 'https://example.com/'

/** One request of each limit by key. */
const requests: Record<string, (key: string) => Promise<Response>> = {
  'v1.shorten.minute': (key) => v1(key, { path: '/api/v1/shorten', body: { url } }),
  'v1.urls.minute': (key) => v1(key, { path: '/api/v1/urls' }),
  'v1.analytics.minute': (key) => v1(key, { path: '/api/v1/analytics/overview' }),
  'shortlinks.minute': (key) =>
    world.send({ path: '/api/shortlinks', headers: { 'X-API-Key': key }, body: { url } }),
}

describe.each(Object.entries(requests))('the limit %s', (id, ask) => {
  test('is one for all keys of an account', async () => {
    const limit = dialects.flatMap(({ dialect }) => dialect.limits).find((one) => one.id === id)
    const keys = [ann.key, await mint(), await mint()]
    for (let n = 0; n < (limit?.max ?? 0); n++)
      expect((await ask(keys[n % 3] ?? '')).status).toBeLessThan(300)
    for (const key of [...keys, await mint()]) expect((await ask(key)).status).toBe(429)
    expect((await ask((await world.person('bob')).key)).status).toBeLessThan(300)
  })
})

test('500 links a day by v1 are 500 by all keys together', async () => {
  const keys = [ann.key, await mint()]
  let made = 0
  for (let minute = 0; minute < 30; minute++, world.pass(60_000))
    for (let n = 0; n < 30; n++)
      if ((await requests['v1.shorten.minute']?.(keys[n % 2] ?? ''))?.status === 201) made++
  expect(made).toBeWithin(500, 520) // a bucket refills while it is used: 500 a day are 10 in half an hour
})

test('every limit by key is tried here', () => {
  const byKey = dialects.flatMap(({ dialect }) => dialect.limits.filter(({ by }) => by === 'key'))
  const longer = /\.(day|hour)$/
  expect(byKey.map(({ id }) => id).filter((id) => !longer.test(id))).toEqual(Object.keys(requests))
})
