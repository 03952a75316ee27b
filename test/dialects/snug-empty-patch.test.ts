import { afterEach, beforeEach, expect, test } from 'bun:test'
import { createWorld, type World } from '../world'

/** Whatever can be patched: a body that asks for nothing changes nothing, and finds only what is there. */
const root = '/api/snug/v1'

type Person = Awaited<ReturnType<World['person']>>

let world: World
let admin: Person
let bob: Person
/** Ids of what the administrator has, by the noun in the path. */
let own: Record<string, number | string>

const made = {
  links: { destination: 'https://example.com/', title: 'a title', maxClicks: 5, tags: ['a'] },
  keys: { name: 'a key', allowedIps: ['192.0.2.0/24'] },
  campaigns: { name: 'a campaign' },
  domains: { host: 'go.example' },
  webhooks: { url: 'https://hooks.example/', events: ['link.updated'] },
}

beforeEach(async () => {
  world = await createWorld()
  admin = await world.person('root', { role: 'admin' })
  bob = await world.person('bob')
  own = { accounts: bob.account.id }
  for (const [noun, body] of Object.entries(made))
    own[noun] = (await ask(admin, 'POST', `/${noun}`, body)).json.id
  await world.app.core.accounts.patch(admin.account.id, { displayName: 'Root' })
  world.pass(1000) // whatever is touched now shows it
})
afterEach(() => world.close())

const ask = async (who: Person, method: string, path: string, body?: object) => {
  const headers = { Cookie: who.cookie, 'Sec-Fetch-Site': 'same-origin' }
  const sent = await world.send({ method, path: root + path, headers, body })
  return { status: sent.status, json: await sent.json() }
}

/** All routes that patch, with ids in them; a new one must say here what it patches. */
const patches = (id: (noun: string) => number | string | undefined) =>
  [...new Set(world.app.apis.routes.filter(({ method }) => method === 'PATCH'))].map(({ path }) => {
    const [, noun = ''] = path.slice(root.length).split('/')
    if (!path.startsWith(`${root}/`) || own[noun] === undefined)
      throw new Error(`say what can be patched at ${path}`)
    const bulk = path.endsWith('/bulk') ? { ids: [id(noun)] } : {}
    return { path: path.slice(root.length).replace(':id', `${id(noun)}`), bulk }
  })

const rows = async () => {
  const { store } = world
  const [accounts, campaigns] = await store.ask([
    { ask: 'accounts', filter: {}, offset: 0, limit: 9 },
    { ask: 'campaigns', account: null },
  ] as const)
  return {
    accounts: accounts.rows,
    links: await store.links.counted(own.links as number),
    keys: await store.keys.all(admin.account.id),
    webhooks: await store.webhooks.all(),
    campaigns,
    domains: await store.domains.all(null),
  }
}

test('every route that patches is asked', () => {
  const nouns = patches((noun) => own[noun]).map(({ path }) => path.split('/')[1])
  expect(nouns.sort()).toEqual([
    'accounts',
    'campaigns',
    'domains',
    'keys',
    'links',
    'links',
    'webhooks',
  ])
})

test('a patch that asks for nothing is answered 200 and changes nothing, not even when it was changed', async () => {
  const before = await rows()
  for (const { path, bulk } of patches((noun) => own[noun]))
    for (const nothing of [{}, { nobodyKnowsThis: 1 }]) {
      const { status, json } = await ask(admin, 'PATCH', path, { ...bulk, ...nothing })
      expect({ path, status, json }).toMatchObject({ path, status: 200 })
      if ('id' in json) expect(`${json.id}`).toBe(path.split('/')[2] ?? '')
    }
  expect(await rows()).toEqual(before)
  await world.app.webhooks.drain()
  const messages = await world.store.deliveries.page(own.webhooks as number, {
    offset: 0,
    limit: 9,
  })
  expect(messages.total).toBe(0)
})

test('of what is not there, or somebody else’s, it says no more than any other patch', async () => {
  for (const { path, bulk } of patches((noun) => own[noun])) {
    const { status, json } = await ask(bob, 'PATCH', path, bulk)
    if (path.endsWith('/bulk')) expect(json).toMatchObject({ changed: 0, missing: [own.links] })
    else expect({ path, status }).toEqual({ path, status: path.startsWith('/acc') ? 403 : 404 })
  }
  const unknown = (noun: string) => (typeof own[noun] === 'number' ? 999_999 : 'f'.repeat(24))
  for (const { path, bulk } of patches(unknown)) {
    const { status, json } = await ask(admin, 'PATCH', path, bulk)
    if (path.endsWith('/bulk')) expect(json).toMatchObject({ changed: 0, missing: [999_999] })
    else expect({ path, status }).toEqual({ path, status: 404 })
  }
})
