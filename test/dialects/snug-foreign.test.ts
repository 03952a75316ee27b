import { afterAll, beforeAll, expect, test } from 'bun:test'
import { createWorld, type World } from '../world'

/** Whatever routes our own API has, nothing of Ann's is Bob's to read or to change. */
const root = '/api/snug/v1'
const secret = 'only-for-ann'

/** Routes that anybody may ask. */
const open = ['GET /session', 'POST /setup']

/** A body that every route finds what it needs in. */
const body = {
  name: 'of bob',
  host: 'bob.example',
  destination: 'https://bob.example/',
  active: false,
  url: 'https://bob.example/hook',
  events: ['click'],
  enabled: false,
  force: true,
  email: 'eve@example.com',
  role: 'admin',
  plan: 'pro',
  customerKey: 'x'.repeat(20),
  token: 'guessed',
  password: 'a long password',
  entries: [],
  data: [],
  public: false,
}

type Person = Awaited<ReturnType<World['person']>>

let world: World
let ann: Person
let bob: Person
/** Ids of what Ann has, by the noun in the path. */
let own: Record<string, number | string>
let before: string

beforeAll(async () => {
  world = await createWorld()
  ann = await world.person('ann')
  bob = await world.person('bob')
  await world.person('root', { role: 'admin' })
  own = { accounts: ann.account.id }
  for (const [noun, made] of [
    ['links', { destination: `https://${secret}.example/`, tags: [secret], code: secret }],
    ['keys', { name: secret }],
    ['campaigns', { name: secret }],
    ['domains', { host: `${secret}.example` }],
    ['webhooks', { url: `https://${secret}.example/hook`, events: ['link.created'] }],
  ] as const) {
    const answer = await ask(ann, 'POST', `/${noun}`, made)
    expect({ noun, status: answer.status }).toEqual({ noun, status: 201 })
    own[noun] = ((await answer.json()) as { id: number | string }).id
  }
  before = await belongings()
})
afterAll(() => world.close())

const ask = (who: Person | null, method: string, path: string, json: object = body) =>
  world.send({
    method,
    path: root + path.replace(/\/export(\?|$)/, '/export?format=csv&'),
    headers: { 'Sec-Fetch-Site': 'same-origin', ...(who === null ? {} : { Cookie: who.cookie }) },
    ...(method === 'GET' || method === 'DELETE' ? {} : { body: json }),
  })

/** Everything of Ann's that she can read one by one. */
const belongings = async () => {
  const texts = Object.entries(own)
    .filter(([noun]) => noun !== 'accounts')
    .map(async ([noun, id]) => {
      const path = noun === 'keys' ? '/keys' : `/${noun}/${id}`
      return (await ask(ann, 'GET', path)).text()
    })
  return (await Promise.all(texts)).join('\n')
}

/** All routes of our own API, with Ann's ids in them. */
const routes = () =>
  world.app.apis.routes
    .filter(({ method, path }) => path.startsWith(`${root}/`) && /^[A-Z]{3,6}$/.test(method))
    .filter(({ method, path }) => !['ALL', 'OPTIONS'].includes(method) && !path.includes('*'))
    .map(({ method, path }) => {
      const [, noun = ''] = path.slice(root.length).split('/')
      const isOne = path.includes(':id')
      if (isOne && own[noun] === undefined) throw new Error(`say what Ann has of ${noun}`)
      return { method, isOne, path: path.slice(root.length).replace(':id', `${own[noun]}`) }
    })

test('there are routes to ask', () => {
  expect(routes().filter(({ isOne }) => isOne).length).toBeGreaterThan(20)
})

test('strangers get nowhere, whatever they send', async () => {
  for (const { method, path } of routes()) {
    if (open.includes(`${method} ${path}`)) continue
    for (const json of [body, {}]) {
      const { status } = await ask(null, method, path, json)
      expect({ method, path, status }).toEqual({ method, path, status: 401 })
    }
  }
})

test('what is Ann’s is not there for Bob, or not for members', async () => {
  for (const { method, path, isOne } of routes()) {
    if (!isOne) continue
    const answer = await ask(bob, method, path)
    expect([403, 404], `${method} ${path}`).toContain(answer.status)
    expect(await answer.text()).not.toContain(secret)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  }
})

test('naming Ann’s account shows Bob nothing of hers', async () => {
  for (const { method, path, isOne } of routes()) {
    if (isOne || method !== 'GET' || path === '/events') continue
    const answer = await ask(bob, method, `${path}?account=${ann.account.id}&code=x&q=${secret}`)
    expect(answer.status, path).not.toBe(500)
    expect(await answer.text(), path).not.toContain(`${secret}.example`)
  }
})

test('Bob changes nothing of Ann’s by naming it in a body or a query', async () => {
  const [id, campaignId, domainId] = [own.links, own.campaigns, own.domains]
  for (const [method, path, json] of [
    ['PATCH', '/links/bulk', { ids: [id], enabled: false, addTags: ['bob'] }],
    ['POST', '/links/bulk/delete', { ids: [id] }],
    ['POST', '/links', { destination: 'https://bob.example/', campaignId }],
    ['POST', '/links', { destination: 'https://bob.example/', domainId }],
    ['POST', '/links', { destination: 'https://bob.example/', code: secret }],
    ['POST', `/keys?account=${ann.account.id}`, {}],
    ['POST', `/campaigns?account=${ann.account.id}`, { name: 'of bob' }],
    ['POST', `/domains?account=${ann.account.id}`, { host: 'bob.example' }],
    ['POST', `/webhooks?account=${ann.account.id}`, { url: body.url, events: ['click'] }],
  ] as const) {
    const answer = await ask(bob, method, path, json)
    expect(answer.status, `${method} ${path}`).not.toBe(500)
    expect(await answer.text()).not.toContain(`${secret}.example`)
  }
  expect(await belongings()).toBe(before)
})

test('what only administrators may do, no member does', async () => {
  const admins = /^\/(accounts|plans|limits|settings|blocklist|system|backup)/
  const theirs = routes().filter(({ path }) => admins.test(path))
  expect(theirs.length).toBeGreaterThan(12)
  for (const { method, path } of theirs) {
    for (const json of [body, {}]) {
      const answer = await ask(bob, method, path, json)
      const { fault } = (await answer.json()) as { fault: string }
      expect({ method, path, fault }).toEqual({ method, path, fault: 'admin_required' })
    }
  }
  expect(await belongings()).toBe(before)
})
