import { afterEach, describe, expect, test } from 'bun:test'
import type { PasswordLine } from '../../src/core/accounts/password-lines'
import { createWorld, type Send, type World } from '../world'

/** What becomes of passwords when there are too many of them, in every API's words. */
let world: World
afterEach(() => world.close())

const url = 'https://example.com/'
const form = 'application/x-www-form-urlencoded'

/** A world whose hashes wait until they are let go. */
const start = async (env: Record<string, string> = {}, real: { signIn?: boolean } = {}) => {
  const held = { is: false, go: () => {} }
  let gate = Promise.resolve()
  const wait = () => (held.is ? gate : Promise.resolve())
  const hashing = {
    hash: (password: string) => wait().then(() => `plainly ${password}`),
    verify: (password: string, hash: string) => wait().then(() => hash === `plainly ${password}`),
  }
  world = await createWorld(env, { ...real, hashing: hashing as never })
  const ann = real.signIn ? null : await world.person('ann', { role: 'admin' })
  return {
    ann,
    /** Holds all hashes, and fills a line: four under way, and as many as it takes waiting. */
    fill: (line: PasswordLine) => {
      held.is = true
      gate = new Promise((go) => {
        held.go = go
      })
      for (let n = 0; n < 100; n++) void world.app.core.passwords.hash(line, 'x').catch(() => {})
    },
    letGo: async () => {
      held.is = false
      held.go()
      await new Promise((resolve) => setImmediate(resolve))
    },
    ask: (send: Send) =>
      world.send({
        ...send,
        headers: {
          ...(ann === null ? {} : { Cookie: ann.cookie, 'X-API-Key': ann.key }),
          'Sec-Fetch-Site': 'same-origin',
          ...send.headers,
        },
      }),
  }
}

const told = async (answer: Response) => ({
  status: answer.status,
  retry: answer.headers.get('retry-after'),
  json: (await answer.json()) as Record<string, unknown>,
})

const password = 'open sesame'
const seconds = expect.stringMatching(/^[1-9]\d*$/)

describe('while the line of new links is full', () => {
  test('the links API says its 429, for each item of many too', async () => {
    const { ask, fill, letGo } = await start()
    fill('newLink')
    const limited = {
      status: 429,
      retry: seconds,
      json: expect.objectContaining({ message: 'Rate limit exceeded' }),
    }
    const body = { originalUrl: url, password }
    expect(await told(await ask({ path: '/api/links', body }))).toEqual(limited)
    expect(await told(await ask({ path: '/api/links/guest', body }))).toEqual(limited)
    const links = [body, { originalUrl: url }]
    const bulk = await told(await ask({ path: '/api/links/bulk', body: { links } }))
    expect(bulk).toMatchObject({
      status: 201,
      json: { data: { created: [{}], errors: [{ index: 0, message: 'Rate limit exceeded' }] } },
    })
    await letGo()
    expect((await ask({ path: '/api/links', body })).status).toBe(201)
  })

  test('our own API says 503, and nobody who signs in or comes to a link waits', async () => {
    const { ask, fill, letGo } = await start()
    const made = await ask({ path: '/api/snug/v1/links', body: { destination: url, password } })
    const { id, code } = (await made.json()) as { id: number; code: string }
    fill('newLink')
    const busy = {
      status: 503,
      retry: seconds,
      json: expect.objectContaining({ fault: 'passwords_busy' }),
    }
    const body = { destination: url, password }
    expect(await told(await ask({ path: '/api/snug/v1/links', body }))).toEqual(busy)
    const edit = { method: 'PATCH', path: `/api/snug/v1/links/${id}`, body: { password } }
    expect(await told(await ask(edit))).toEqual(busy)
    const admin = ask({
      path: '/api/snug/v1/accounts',
      body: { email: 'bob@example.com', password },
    })
    const visit = ask({
      path: `/${code}`,
      headers: { 'Content-Type': form },
      body: `password=${password}`,
    })
    await letGo()
    expect([(await admin).status, (await visit).status]).toEqual([201, 303])
  })
})

test('while the line of visitors is full the page says so and still has its form', async () => {
  const { ask, fill, letGo } = await start()
  const made = await ask({ path: '/api/links', body: { originalUrl: url, password } })
  const { data } = (await made.json()) as { data: { shortCode: string } }
  const unlock = (headers = {}) =>
    ask({
      path: `/${data.shortCode}`,
      headers: { 'Content-Type': form, ...headers },
      body: `password=${password}`,
    })
  fill('unlock')
  const page = await unlock()
  expect([page.status, page.headers.get('retry-after')]).toEqual([503, seconds] as never)
  const html = await page.text()
  expect(html).toContain('<form method="post">')
  expect(html).not.toContain('example.com')
  expect(await told(await unlock({ Accept: 'application/json' }))).toEqual({
    status: 503,
    retry: seconds,
    json: { error: 'busy', message: 'Too busy to check the password' },
  } as never)
  await letGo()
  expect((await unlock()).status).toBe(303)
})

test('of a crowd on one link, those who waited a second are told to come again', async () => {
  const { ask, fill, letGo } = await start()
  const made = await ask({ path: '/api/links', body: { originalUrl: url, password } })
  const { data } = (await made.json()) as { data: { shortCode: string } }
  fill('newLink') // its first four hold the machine
  const crowd = Array.from({ length: 50 }, () =>
    ask({
      path: `/${data.shortCode}`,
      headers: { 'Content-Type': form },
      body: `password=${password}`,
    }),
  )
  await new Promise((resolve) => setImmediate(resolve))
  world.pass(1001)
  await letGo()
  const statuses = (await Promise.all(crowd)).map(({ status }) => status)
  expect(statuses).toEqual(Array(50).fill(503))
})

test('while the line of people signing in is full they are told so, which counts as no failure', async () => {
  const { ask, fill, letGo } = await start({}, { signIn: true })
  const body = { email: 'ann@example.com', password: 'correct horse battery' }
  await world.app.core.accounts.create(body)
  const signIn = (secret = body.password) =>
    ask({ path: '/api/auth/sign-in/email', body: { ...body, password: secret } })
  expect((await signIn()).status).toBe(200)
  fill('signIn')
  for (let n = 0; n < 12; n++)
    expect(await told(await signIn('wrong'))).toEqual({
      status: 503,
      retry: seconds,
      json: { code: 'PASSWORDS_BUSY', message: expect.stringContaining('Try again in') },
    } as never)
  await letGo()
  for (let n = 0; n < 4; n++) expect((await signIn('wrong')).status).toBe(401)
  expect((await signIn()).status).toBe(200)
})

describe('an account sets so many passwords of links a minute', () => {
  const many = (count: number, link: object) => ({
    links: Array.from({ length: count }, () => ({ ...link, password })),
  })
  const bulk = (count: number) => ({
    path: '/api/links/bulk',
    body: many(count, { originalUrl: url }),
  })
  const ownBulk = (count: number) => ({
    path: '/api/snug/v1/links/bulk',
    body: many(count, { destination: url }),
  })
  type Made = { created: unknown[]; errors: { fault?: string; message?: string }[] }

  test('whichever API it asks, one by one or in bulk', async () => {
    const { ask } = await start({ SNUG_RATE_LIMITS: 'on' })
    const first = await ask(bulk(100))
    expect(((await first.json()) as { data: Made }).data.created).toHaveLength(100)
    const second = await ask(ownBulk(30))
    const { created, errors } = (await second.json()) as Made
    expect([created.length, errors.length]).toEqual([20, 10])
    expect(new Set(errors.map(({ fault }) => fault))).toEqual(new Set(['rate_limited']))
    const one = await told(await ask({ path: '/api/links', body: { originalUrl: url, password } }))
    expect(one).toMatchObject({ status: 429, retry: '1', json: { message: 'Rate limit exceeded' } })
    expect((await ask({ path: '/api/links', body: { originalUrl: url } })).status).toBe(201)
    world.pass(60_000)
    const later = await ask(bulk(100))
    expect(((await later.json()) as { data: Made }).data.created).toHaveLength(100)
  })

  test('and one that was made in bulk asks for its password', async () => {
    const { ask } = await start()
    const made = await ask(ownBulk(1))
    const [link] = ((await made.json()) as { created: { code: string; hasPassword: boolean }[] })
      .created
    expect(link?.hasPassword).toBe(true)
    expect(await (await ask({ path: `/${link?.code}` })).text()).toContain('<form method="post">')
  })

  test('as administrators say, and without end where limits are off', async () => {
    const { ask } = await start()
    const row = { id: 'link-passwords.minute', max: 2, per: 60_000 }
    const limits = { method: 'PUT', path: '/api/snug/v1/limits', body: { data: [row] } }
    expect((await ask(limits)).status).toBe(200)
    const made = await ask(ownBulk(5))
    expect(((await made.json()) as Made).created).toHaveLength(2)
    await world.close()
    const free = await start({ SNUG_RATE_LIMITS: 'off' })
    const all = await free.ask(ownBulk(300))
    expect(((await all.json()) as Made).created).toHaveLength(300)
  })
})
