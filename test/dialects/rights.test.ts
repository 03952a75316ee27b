import { afterEach, beforeEach, expect, test } from 'bun:test'
import { access, type Relation, type Right, relations } from '../../src/core/access'
import { hashSecret, maskSecret } from '../../src/core/keys/keys'
import { createWorld, type Send, type World } from '../world'

/** Every route that is about links, asked by everybody: what they may is what the table of rights says. */
let world: World
/** A link that a stranger made, whose statistics are for everybody, and that was bound. */
let link: { id: number; code: string }
/** The key of each. */
let keys: Record<Relation, string | null>
/** What its maker was handed when the link was made. */
let customerKey: string

const own = '/api/snug/v1'
const settings = { notes: 'only the maker wrote this', title: 'nobody else reads this' }

const begin = async () => {
  world = await createWorld({ SNUG_RATE_LIMITS: 'off' })
  const people = {
    binder: await world.person('binder'),
    other: await world.person('other'),
    administrator: await world.person('root', { role: 'admin' }),
  }
  const made = await world.send({ path: '/api/shorten', body: { url: 'https://made.example/' } })
  const answer = (await made.json()) as Record<string, string>
  const row = await world.store.links.byCode('', answer.short_code ?? '')
  link = { code: answer.short_code ?? '', id: row?.id ?? 0 }
  customerKey = answer.customer_secret_key ?? ''
  keys = {
    maker: await keyFor(row?.ownerId ?? 0),
    binder: people.binder.key,
    administrator: people.administrator.key,
    other: people.other.key,
    stranger: null,
  }
  await send('maker', change(settings))
  expect(await bind(people.binder.key)).toMatchObject({ bound: 1 })
}
beforeEach(begin)
afterEach(() => world.close())

/** Gives an account that has none a key of our own API. */
const keyFor = async (accountId: number) => {
  const key = `sk_${'f'.repeat(64)}`
  await world.store.keys.insert({
    accountId,
    kind: 'api',
    hash: hashSecret(key),
    mask: maskSecret(key),
    createdAt: new Date(world.now()),
  })
  return key
}

const bind = async (access_key: string, headers = {}) => {
  const body = { access_key, link_codes: [link.code] }
  return (await world.send({ path: '/api/bind', headers, body })).json()
}

const change = (body: object): Send => ({ method: 'PATCH', path: `${own}/links/${link.id}`, body })

/** Sends as one of them, in the words of the dialect. */
const send = (who: Relation, given: Send) => {
  const key = keys[who]
  const name = given.path.startsWith('/api/v1/') ? 'Authorization' : keyHeader(given.path)
  const headers = key === null ? {} : { [name]: name === 'Authorization' ? `Bearer ${key}` : key }
  return world.send({ ...given, headers: { ...headers, ...given.headers } })
}

const keyHeader = (path: string) =>
  /^\/api\/(stats|export|dashboard|bind)\b/.test(path) ? 'X-Customer-Key' : 'X-API-Key'

/** How a route is asked, what right it needs, and whom it lets near a link at all. */
type Asked = { right: Right; ask: () => Send; way: readonly Relation[] }

const byId = ['maker', 'binder', 'administrator'] as const
const ofAccount = ['maker', 'binder'] as const
const byCode = ['maker', 'binder', 'administrator', 'other', 'stranger'] as const

/** Routes about one link. */
const routes: Record<string, Asked> = {
  [`GET ${own}/links/{id}`]: {
    right: 'readSettings',
    way: byId,
    ask: () => ({ path: `${own}/links/${link.id}` }),
  },
  [`PATCH ${own}/links/{id}`]: {
    right: 'change',
    way: byId,
    ask: () => change({ destination: 'https://evil.example/' }),
  },
  [`DELETE ${own}/links/{id}`]: {
    right: 'delete',
    way: byId,
    ask: () => ({ method: 'DELETE', path: `${own}/links/${link.id}` }),
  },
  [`GET ${own}/links/{id}/stats`]: {
    right: 'readStats',
    way: byId,
    ask: () => ({ path: `${own}/links/${link.id}/stats` }),
  },
  [`GET ${own}/links/{id}/clicks`]: {
    right: 'readStats',
    way: byId,
    ask: () => ({ path: `${own}/links/${link.id}/clicks` }),
  },
  [`GET ${own}/links/{id}/export`]: {
    right: 'export',
    way: byId,
    ask: () => ({ path: `${own}/links/${link.id}/export?format=csv` }),
  },
  [`GET ${own}/links/{id}/qr.svg`]: {
    right: 'qr',
    way: byId,
    ask: () => ({ path: `${own}/links/${link.id}/qr.svg` }),
  },
  [`GET ${own}/links/{id}/qr.png`]: {
    right: 'qr',
    way: byId,
    ask: () => ({ path: `${own}/links/${link.id}/qr.png` }),
  },
  'GET /api/stats/{code}': {
    right: 'readStats',
    way: byCode,
    ask: () => ({ path: `/api/stats/${link.code}` }),
  },
  'GET /api/export/{code}': {
    right: 'export',
    way: byCode,
    ask: () => ({ path: `/api/export/${link.code}?format=csv` }),
  },
  'DELETE /api/v1/urls/{shortCode}': {
    right: 'delete',
    way: ofAccount,
    ask: () => ({ method: 'DELETE', path: `/api/v1/urls/${link.code}` }),
  },
  'GET /api/v1/analytics/{shortCode}': {
    right: 'readStats',
    way: ofAccount,
    ask: () => ({ path: `/api/v1/analytics/${link.code}` }),
  },
  'GET /api/urls/{code}': {
    right: 'readStats',
    way: ofAccount,
    ask: () => ({ path: `/api/urls/${link.code}` }),
  },
  'DELETE /api/urls/{code}': {
    right: 'delete',
    way: ofAccount,
    ask: () => ({ method: 'DELETE', path: `/api/urls/${link.code}` }),
  },
}

const may = ({ right, way }: Asked, who: Relation) =>
  way.includes(who) && (access[right][who] === 'yes' || access[right][who] === 'public')

const refusals = [401, 403, 404]

for (const [route, asked] of Object.entries(routes))
  test.each([...relations])(`${route} asks for the right ${asked.right} of the %s`, async (who) => {
    const before = await world.store.links.counted(link.id)
    const { status } = await send(who, asked.ask())
    if (may(asked, who)) return expect(status).toBe(200)
    expect(refusals).toContain(status)
    expect(await world.store.links.counted(link.id)).toEqual(before)
  })

/** Routes about several links, by what they say of this one. */
const lists: Record<string, { right: Right; finds: (who: Relation) => Promise<boolean> }> = {
  [`GET ${own}/links`]: { right: 'readSettings', finds: (who) => tells(who, `${own}/links`) },
  [`GET ${own}/links/export`]: {
    right: 'readSettings',
    finds: (who) => tells(who, `${own}/links/export?format=json`),
  },
  [`GET ${own}/stats`]: { right: 'readSettings', finds: async (who) => countsIn(who, '/stats') },
  'GET /api/v1/urls': { right: 'readStats', finds: (who) => tells(who, '/api/v1/urls') },
  'GET /api/v1/analytics/overview': {
    right: 'readStats',
    finds: (who) => tells(who, '/api/v1/analytics/overview', '"totalClicks":1'),
  },
  'GET /api/dashboard': { right: 'readStats', finds: (who) => tells(who, '/api/dashboard') },
  [`PATCH ${own}/links/bulk`]: {
    right: 'change',
    finds: (who) => notMissing(who, { method: 'PATCH', path: `${own}/links/bulk`, enabled: false }),
  },
  [`POST ${own}/links/bulk/delete`]: {
    right: 'delete',
    finds: (who) => notMissing(who, { method: 'POST', path: `${own}/links/bulk/delete` }),
  },
}

const tells = async (who: Relation, path: string, text = link.code) =>
  (await (await send(who, { path })).text()).includes(text)

const countsIn = async (who: Relation, path: string) => {
  const answer = await send(who, { path: own + path })
  return answer.ok && ((await answer.json()) as { totals: { clicks: number } }).totals.clicks > 0
}

const notMissing = async (
  who: Relation,
  { method, path, ...change }: Send & { enabled?: boolean },
) => {
  const answer = await send(who, {
    method: method ?? 'POST',
    path,
    body: { ids: [link.id], ...change },
  })
  if (!answer.ok) return false
  const { missing } = (await answer.json()) as { missing: number[] }
  return !missing.includes(link.id)
}

for (const [route, { right, finds }] of Object.entries(lists))
  test.each(['maker', 'binder', 'other', 'stranger'] as const)(
    `${route} goes by the right ${right} of the %s`,
    async (who) => {
      await world.send({ path: `/${link.code}` })
      await world.app.clicks.drain()
      expect(await finds(who)).toBe(access[right][who] === 'yes')
    },
  )

/** Routes that are about no link that is there already, or are tried elsewhere. */
const others = [
  `POST ${own}/links`,
  `GET ${own}/links/check`,
  `POST ${own}/links/bulk`,
  'POST /api/shorten',
  'POST /api/bind',
  'POST /api/v1/shorten',
  'POST /api/urls',
  'POST /api/urls/create',
  'POST /api/shortlinks',
  'POST /api/links',
  'POST /api/links/guest',
  'POST /api/links/bulk',
  `GET ${own}/events`, // below
]

test('no route about links is left out', async () => {
  const document = (await (await world.send({ path: '/openapi.json' })).json()) as {
    paths: Record<string, object>
  }
  const known = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const about = /(links|stats|events)\b|\/api\/(urls|v1|shorten|stats|dashboard|bind|export|links)/
  const tried = [...Object.keys(routes), ...Object.keys(lists), ...others]
  expect(known.filter((route) => about.test(route)).toSorted()).toEqual(tried.toSorted())
})

test('events of a link are told to its maker’s account, and to no other', async () => {
  const row = (await world.store.links.counted(link.id))?.link
  if (row === undefined) throw new Error('the link is missing')
  const told: number[] = []
  const webhook = { url: 'https://hooks.example/', events: ['link.updated', 'click'] as const }
  for (const [at, who] of (['maker', 'binder', 'other'] as const).entries()) {
    const made = await send(who, { path: `${own}/webhooks`, body: webhook })
    expect([at, made.status]).toEqual([at, 201])
  }
  await send('maker', change({ notes: 'changed' }))
  await world.send({ path: `/${link.code}` })
  await world.app.clicks.drain()
  await world.app.webhooks.drain()
  for (const { id, accountId } of await world.store.webhooks.all())
    for (const _ of (await world.store.deliveries.page(id, { offset: 0, limit: 9 })).rows)
      told.push(accountId)
  expect(told).toEqual([row.ownerId, row.ownerId])
})

test('a binding ends when the link is shut: by a password, by its statistics, by a later start', async () => {
  const later = new Date(world.now() + 3_600_000).toISOString()
  for (const edit of [{ password: 'very secret' }, { publicStats: false }, { startsAt: later }]) {
    await world.close()
    await begin()
    expect((await send('maker', change(edit))).status).toBe(200)
    for (const path of [`/api/stats/${link.code}`, `/api/export/${link.code}?format=csv`])
      expect((await send('binder', { path })).status).toBe(404)
    expect(await tells('binder', '/api/dashboard')).toBe(false)
    expect(await tells('binder', '/api/v1/urls')).toBe(false)
    expect((await world.store.links.counted(link.id))?.link.boundTo).toBeNull()
  }
})

test('only what everybody may read is bound by its code, and nothing twice', async () => {
  const { binder, other } = keys
  expect(await bind(binder ?? '')).toMatchObject({
    bound: 0,
    skipped: [{ reason: 'already bound' }],
  })
  expect(await bind(other ?? '')).toMatchObject({ bound: 0, skipped: [{ reason: 'not found' }] })
  const locked = await world.send({
    path: '/api/links/guest',
    body: { originalUrl: 'https://secret.example/doc', password: 'very secret 1' },
  })
  const { data } = (await locked.json()) as { data: { shortCode: string } }
  link = { ...link, code: data.shortCode }
  expect(await bind(other ?? '')).toMatchObject({ bound: 0, skipped: [{ reason: 'not found' }] })
  const headers = { 'X-Customer-Key': other ?? '' }
  expect((await world.send({ path: `/api/stats/${link.code}`, headers })).status).toBe(404)
})

test('the maker’s key wins over a binding, before and after it binds, too', async () => {
  const stats = async (key: string) => {
    const answer = await world.send({ path: `/api/stats/${link.code}?key=${key}` })
    return [answer.status, ((await answer.json()) as { access_level?: string }).access_level]
  }
  expect(await stats(customerKey)).toEqual([200, 'paid'])
  expect(await bind(customerKey)).toMatchObject({ bound: 1 })
  expect(await bind(customerKey)).toMatchObject({
    bound: 0,
    skipped: [{ reason: 'already bound' }],
  })
  expect(await stats(customerKey)).toEqual([200, 'paid'])
  expect(await stats(keys.binder ?? '')).toEqual([200, 'free'])
  expect(await bind(keys.binder ?? '')).toMatchObject({ bound: 0 })
})

test('a guest’s cookie proves who made a link: it wins over a binding, and binds what is locked', async () => {
  const shorten = async (headers = {}) => {
    const made = await world.send({
      path: '/api/shortlinks',
      headers,
      body: { url: 'https://a.example/' },
    })
    link = { ...link, code: ((await made.json()) as { link: { slug: string } }).link.slug }
    return { Cookie: made.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
  }
  const cookie = await shorten()
  expect(await bind(keys.binder ?? '')).toMatchObject({ bound: 1 })
  expect(await bind(keys.other ?? '', { Cookie: 'snug.guest=guessed' })).toMatchObject({ bound: 0 })
  expect(await bind(keys.other ?? '', cookie)).toMatchObject({ bound: 1 })
  expect(await tells('other', '/api/dashboard')).toBe(true)
  expect(await tells('binder', '/api/dashboard')).toBe(false)
})

test('a guest who signs in has their links for themselves: no binding, no public statistics', async () => {
  const guest = await world.app.core.guests.open()
  const link = await world.store.links.insert({
    code: 'guests',
    destination: 'https://a.example/',
    ownerId: guest.account.id,
    anonymous: true,
    publicStats: true,
    createdAt: new Date(world.now()),
    updatedAt: new Date(world.now()),
  })
  await world.store.links.bind(1, 'guests', () => 'bound')
  const ann = await world.person('ann')
  expect((await world.send({ path: '/api/stats/guests' })).status).toBe(200)
  await world.app.core.guests.join(guest.secret, ann.account)
  expect((await world.send({ path: '/api/stats/guests' })).status).toBe(404)
  expect((await world.send({ path: '/api/export/guests?format=csv' })).status).toBe(404)
  const row = (await world.store.links.counted(link?.id ?? 0))?.link
  expect([row?.ownerId, row?.boundTo, row?.publicStats]).toEqual([ann.account.id, null, false])
})
