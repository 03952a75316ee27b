import { expect, test } from 'bun:test'
import { createWorld, type World } from '../world'
import { asOlderExport, belongingsOf, censusOf, exportOf, importInto } from './moved'

const shorten = async (world: World, url: string, key?: string) => {
  const body = { url, ...(key === undefined ? {} : { customer_secret_key: key }) }
  const answer = await world.send({ path: '/api/shorten', body })
  expect(answer.status).toBe(200)
  return (await answer.json()) as { short_code: string; customer_secret_key: string }
}

const guestLink = async (world: World, url: string, cookie = '') => {
  const headers = cookie === '' ? {} : { Cookie: cookie }
  const answer = await world.send({ path: '/api/shortlinks', body: { url }, headers })
  expect(answer.status).toBe(200)
  return answer.headers.get('set-cookie')?.split(';')[0] ?? cookie
}

/** Takes all keys of customers away: nothing but their links is left to know them by. */
const revokeCustomers = ({ store }: World) => {
  store.signIn.db.run("DELETE FROM keys WHERE kind = 'customer' AND id % 2 = 0")
}

/** Customers with and without keys, guests, a user with a campaign and clicks, a deleted account: all of one millisecond. */
const crowded = async () => {
  const world = await createWorld({ SNUG_RATE_LIMITS: 'off' })
  for (let one = 0; one < 6; one++) await shorten(world, `https://c${one}.example/private`)
  revokeCustomers(world)
  await shorten(
    world,
    'https://c0.example/again',
    (await shorten(world, 'https://d.example/')).customer_secret_key,
  )
  for (let one = 0; one < 3; one++) {
    const cookie = await guestLink(world, `https://g${one}.example/`)
    await guestLink(world, `https://g${one}.example/again`, cookie)
  }
  const ann = await world.person('ann')
  const gone = await world.person('gone')
  const campaign = '0123456789abcdef01234567'
  await world.store.campaigns.insert({
    id: campaign,
    accountId: ann.account.id,
    name: 'Spring',
    createdAt: new Date(world.now()),
  })
  for (const { key } of [ann, gone]) {
    const body = {
      destination: 'https://example.com/',
      ...(key === ann.key ? { campaignId: campaign } : {}),
    }
    const made = await world.send({
      path: '/api/snug/v1/links',
      headers: { 'X-API-Key': key },
      body,
    })
    expect(made.status).toBe(201)
    const { code } = (await made.json()) as { code: string }
    for (let visit = 0; visit < 3; visit++) await world.send({ path: `/${code}` })
  }
  await world.app.clicks.drain()
  await world.app.core.accounts.remove(gone.account.id)
  return world
}

test('customers of one millisecond stay as many as they were, each with its own links', async () => {
  const home = await createWorld({ SNUG_RATE_LIMITS: 'off' })
  const away = await createWorld({ SNUG_RATE_LIMITS: 'off' })
  const made = await Promise.all(
    Array.from({ length: 40 }, (_, one) => shorten(home, `https://c${one}.example/private`)),
  )
  const { tally } = await importInto(away, exportOf(home))
  expect(tally).toEqual({ added: 40, known: 0, refused: 0 })
  for (const { customer_secret_key: key, short_code: code } of made) {
    const answer = await away.send({ path: `/api/dashboard?key=${key}` })
    const { links } = (await answer.json()) as { links: { short_code: string }[] }
    expect(links.map(({ short_code }) => short_code)).toEqual([code])
  }
  await Promise.all([home.close(), away.close()])
})

test('a stranger of the same millisecond who lives there already gets nothing of it', async () => {
  for (const older of [false, true]) {
    const home = await createWorld({ SNUG_RATE_LIMITS: 'off' })
    const away = await createWorld({ SNUG_RATE_LIMITS: 'off' })
    away.given.random(1000) // or else both would draw the same keys and codes
    const stranger = await shorten(away, 'https://stranger.example/')
    await guestLink(away, 'https://stranger.example/guest')
    await shorten(home, 'https://mine.example/', 'a-key-of-my-own')
    await guestLink(home, 'https://mine.example/guest')
    const lines = older ? asOlderExport(exportOf(home)) : exportOf(home)
    const { tally, said } = await importInto(away, lines)
    expect({ tally, said }).toEqual({ tally: { added: 2, known: 0, refused: 0 }, said: [] })
    const answer = await away.send({ path: `/api/dashboard?key=${stranger.customer_secret_key}` })
    expect(await answer.json()).toMatchObject({ total_links: 1 })
    expect(censusOf(away)).toMatchObject({ account: 4, link: 4, keys: 2 })
    await Promise.all([home.close(), away.close()])
  }
})

for (const [what, written] of [
  ['an export', exportOf],
  ['an export of an earlier version', (world: World) => asOlderExport(exportOf(world))],
] as const)
  test(`${what}, broken off after any line and begun again, ends as one that was not`, async () => {
    const home = await crowded()
    const lines = written(home)
    const whole = await createWorld()
    expect((await importInto(whole, lines)).said).toEqual([])
    const ends = { census: censusOf(whole), belongings: belongingsOf(whole) }
    expect(ends.belongings).toEqual(belongingsOf(home))
    if (written === exportOf) expect(ends.census).toEqual(censusOf(home))
    for (let line = 1; line <= lines.length; line++) {
      const away = await createWorld()
      await importInto(away, lines.slice(0, line))
      expect((await importInto(away, lines)).said).toEqual([])
      expect({ line, census: censusOf(away), belongings: belongingsOf(away) }).toEqual({
        line,
        ...ends,
      })
      await away.close()
    }
    const { tally } = await importInto(whole, lines)
    expect(tally).toEqual({
      added: 0,
      known: lines.filter(({ type }) => type === 'link').length,
      refused: 0,
    })
    expect(censusOf(whole)).toEqual(ends.census)
    await Promise.all([home.close(), whole.close()])
  }, 60_000)

test('an export with ids finds what one without them brought', async () => {
  const home = await crowded()
  const away = await createWorld()
  await importInto(away, asOlderExport(exportOf(home)))
  const before = belongingsOf(away)
  const { tally, said } = await importInto(away, exportOf(home))
  expect({ added: tally.added, refused: tally.refused, said }).toEqual({
    added: 0,
    refused: 0,
    said: [],
  })
  expect(belongingsOf(away)).toEqual(before)
  await Promise.all([home.close(), away.close()])
})

test('a guest’s browser still opens its links after the move', async () => {
  const home = await createWorld()
  const away = await createWorld()
  const cookie = await guestLink(home, 'https://g.example/')
  await importInto(away, exportOf(home))
  await guestLink(away, 'https://g.example/second', cookie)
  expect(censusOf(away)).toEqual({ account: 1, link: 2, keys: 0, guestSessions: 1 })
  await Promise.all([home.close(), away.close()])
})

test('an address changed since leads no key to whoever has it now', async () => {
  const home = await createWorld()
  const away = await createWorld()
  const { account } = await home.person('ann')
  await importInto(away, exportOf(home))
  const ann = await away.store.accounts.byEmail('ann@example.com')
  await away.store.accounts.patch(ann?.id ?? 0, { email: 'new@example.com' }, new Date(away.now()))
  const now = new Date(away.now())
  const other = await away.store.accounts.insert({
    kind: 'user',
    plan: 'free',
    email: 'ann@example.com',
    emailVerified: true,
    createdAt: now,
    updatedAt: now,
  })
  const fresh = { hash: 'f'.repeat(64), mask: 'sk_…', kind: 'api', createdAt: now } as const
  await home.store.keys.insert({ ...fresh, accountId: account.id })
  await importInto(away, exportOf(home))
  expect((await away.store.keys.byHash(fresh.hash))?.account.id).toBe(ann?.id)
  expect(await away.store.keys.all(other.id)).toEqual([])
  await Promise.all([home.close(), away.close()])
})

test('an address that somebody only claims brings them nothing of its owner', async () => {
  const home = await createWorld()
  const away = await createWorld()
  const { account, key } = await home.person('ann')
  await home.store.accounts.patch(account.id, { emailVerified: true }, new Date(home.now()))
  const body = { destination: 'https://secret.example/' }
  await home.send({ path: '/api/snug/v1/links', headers: { 'X-API-Key': key }, body })
  const now = new Date(away.now())
  await away.store.accounts.insert({
    kind: 'user',
    plan: 'free',
    email: 'ann@example.com',
    createdAt: now,
    updatedAt: now,
  })
  for (const lines of [exportOf(home), asOlderExport(exportOf(home))]) {
    const { tally, said } = await importInto(away, lines)
    expect(tally).toEqual({ added: 0, known: 0, refused: 2 })
    expect(said[0]).toMatch(/^refused: line 2: .*ann@example\.com/)
    expect(said[1]).toMatch(/^refused: line 3: .*account/)
  }
  expect(censusOf(away)).toEqual({ account: 1, keys: 0, guestSessions: 0 })
  await Promise.all([home.close(), away.close()])
})

test('a domain keeps its links where the account has it already, and is proved for one account only', async () => {
  const home = await createWorld()
  const away = await createWorld()
  const add = async (world: World, name: string, id: string, verified: boolean) => {
    const { account, key } = await world.person(name)
    await world.store.domains.insert({
      id,
      accountId: account.id,
      host: 'go.example',
      txtRecord: 't',
      verified,
      createdAt: new Date(world.now()),
    })
    await world.app.core.hosts.refresh()
    return key
  }
  const key = await add(home, 'ann', 'a'.repeat(24), true)
  const body = { destination: 'https://example.com/', domainId: 'a'.repeat(24), code: 'here' }
  const made = await home.send({ path: '/api/snug/v1/links', headers: { 'X-API-Key': key }, body })
  expect(made.status).toBe(201)
  await add(away, 'bob', 'b'.repeat(24), true)
  away.store.signIn.db.run('UPDATE accounts SET email_verified = 1')
  const { account: ann } = await away.person('ann')
  await away.store.accounts.patch(ann.id, { emailVerified: true }, new Date(away.now()))
  await away.store.domains.insert({
    id: 'c'.repeat(24),
    accountId: ann.id,
    host: 'go.example',
    txtRecord: 't',
    verified: false,
    createdAt: new Date(away.now()),
  })
  const { said } = await importInto(away, exportOf(home))
  expect(said).toEqual([])
  expect((await away.store.links.byCode('c'.repeat(24), 'here'))?.ownerId).toBe(ann.id)
  expect((await away.store.domains.verified()).map(({ id }) => id)).toEqual(['b'.repeat(24)])
  await Promise.all([home.close(), away.close()])
})
