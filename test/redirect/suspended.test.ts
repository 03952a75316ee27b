import { afterEach, beforeEach, expect, test } from 'bun:test'
import { createMaker, type Maker, secretPlace, typePassword, verifiedDomain, whole } from './made'

let maker: Maker
/** Codes of the maker's links, by what is special about them. */
let codes: Record<'open' | 'locked' | 'limited' | 'early' | 'public' | 'placed', string>

beforeEach(async () => {
  maker = await createMaker()
  const domainId = await verifiedDomain(maker, 'go.example')
  const code = async (draft: Parameters<Maker['make']>[0]) => (await maker.make(draft)).code
  codes = {
    open: await code({}),
    locked: await code({ password: 'very secret 1' }),
    limited: await code({ maxClicks: 5 }),
    early: await code({ startsAt: new Date(maker.now() + 60_000) }),
    public: await code({ publicStats: true }),
    placed: await code({ domainId }),
  }
})
afterEach(() => maker.close())

const json = { Accept: 'application/json' }
const change = (edit: { suspended?: boolean; linksStay?: boolean }) =>
  maker.app.core.accounts.patch(maker.account.id, edit)

/** Every way to a link that needs nothing but its code. */
const ways = (): [string, Promise<Response>][] => [
  ...Object.entries(codes).flatMap(([name, code]): [string, Promise<Response>][] => {
    const headers = { Host: name === 'placed' ? 'go.example' : 'snug.example' }
    const ask = (path: string, more: { method?: string; headers?: Record<string, string> } = {}) =>
      maker.send({ path, ...more, headers: { ...headers, ...more.headers } })
    return [
      [`${name}`, ask(`/${code}`)],
      [`${name} HEAD`, ask(`/${code}`, { method: 'HEAD' })],
      [`${name} for a program`, ask(`/${code}`, { headers: json })],
      [`${name} for a preview`, ask(`/${code}`, { headers: { 'User-Agent': 'Slackbot 1.0' } })],
      [`${name} preview`, ask(`/${code}+`)],
      [`${name} QR code`, ask(`/${code}.qr`)],
      [`${name} QR code as PNG`, ask(`/${code}.qr.png`)],
    ]
  }),
  ['password', typePassword(maker, codes.locked, 'very secret 1')],
  ['statistics', maker.send({ path: `/api/stats/${codes.public}` })],
  ['export', maker.send({ path: `/api/export/${codes.public}?format=csv` })],
]

const statuses = async () =>
  Promise.all(ways().map(async ([name, answer]) => [name, (await answer).status] as const))

test('a suspended account’s links answer 410 wherever they are met, and say nothing', async () => {
  const before = await statuses() // and now they are all in the cache
  expect(before.map(([, status]) => status)).not.toContain(410)
  await change({ suspended: true })
  for (const [name, answer] of ways()) {
    const said = await whole(await answer)
    expect({ name, said }).toEqual({ name, said: expect.stringMatching(/^410 /) })
    expect(said).not.toContain(new URL(secretPlace).host)
  }
  const told = await maker.send({ path: `/${codes.open}`, headers: json })
  expect(await told.json()).toMatchObject({ error: 'closed' })
  await maker.app.clicks.drain()

  await change({ suspended: false })
  expect(await statuses()).toEqual(before)
})

test('its links stay open when that was said, before, with or after the suspension, until it ends', async () => {
  const follow = async () => (await maker.send({ path: `/${codes.open}` })).status
  await change({ suspended: true, linksStay: true })
  expect(await follow()).toBe(302)
  await change({ linksStay: false })
  expect(await follow()).toBe(410)
  await change({ linksStay: true })
  expect(await follow()).toBe(302)
  await change({ suspended: false })
  await change({ suspended: true })
  expect(await follow()).toBe(410)
  await change({ suspended: false })
  await change({ linksStay: true })
  await change({ suspended: true })
  expect(await follow()).toBe(302)
})

test('other accounts’ links stay as they are, those it has bound too', async () => {
  const customer = await maker.send({
    path: '/api/shorten',
    body: { url: 'https://example.com/' },
  })
  const { short_code: code } = (await customer.json()) as { short_code: string }
  await maker.store.links.bind(maker.account.id, code, () => 'bound')
  await change({ suspended: true })
  expect((await maker.send({ path: `/${code}` })).status).toBe(302)
})

test('who bound a link of a suspended account reads its statistics still, and strangers do not', async () => {
  const made = await maker.send({ path: '/api/shorten', body: { url: 'https://example.com/' } })
  const { short_code: code } = (await made.json()) as { short_code: string }
  const { key, account } = await maker.person('bob')
  await maker.store.links.bind(account.id, code, () => 'bound')
  const owner = (await maker.store.links.byCode('', code))?.ownerId ?? 0
  await maker.app.core.accounts.patch(owner, { suspended: true })
  const read = async (query: string) =>
    (await maker.send({ path: `/api/stats/${code}${query}` })).status
  expect(await read(`?key=${key}`)).toBe(200)
  expect(await read('')).toBe(410)
  expect((await maker.send({ path: `/${code}` })).status).toBe(410)
})

test('a suspension by a command beside the server is learned of', async () => {
  const { store, account, app } = maker
  const follow = async () => (await maker.send({ path: `/${codes.open}` })).status
  const learn = async () => app.jobs.find(({ name }) => name === 'learn of suspensions')?.run()
  expect(await follow()).toBe(302)
  for (const [edit, status] of [
    [{ suspended: true }, 410],
    [{ linksStay: true }, 302],
    [{ linksStay: false }, 410],
    [{ suspended: false }, 302],
  ] as const) {
    await store.accounts.patch(account.id, edit, new Date(maker.now()))
    await learn()
    expect({ edit, status: await follow() }).toEqual({ edit, status })
  }
})
