import { afterEach, beforeEach, expect, test } from 'bun:test'
import { createWorld, type World } from '../world'

/** A stream ends with whatever let it begin, and tells nothing from then on. */
let world: World
let origin = ''
let ann: Awaited<ReturnType<World['person']>>
let code: string

beforeEach(async () => {
  world = await createWorld()
  world.app.server.listen({ port: 0, hostname: '127.0.0.1' })
  origin = `http://127.0.0.1:${world.app.server.server?.port}`
  ann = await world.person('ann')
  const headers = { 'X-API-Key': ann.key }
  const body = { url: 'https://example.com/' }
  const made = await world.send({ path: '/api/shortlinks', headers, body })
  code = ((await made.json()) as { link: { slug: string } }).link.slug
})
afterEach(async () => {
  world.app.hangUp()
  await world.app.server.stop(true)
  await world.close()
})

/** A stream that was let in; `rest` is all it tells until it ends. */
const listen = async (headers: Record<string, string>, query = '') => {
  const answer = await fetch(`${origin}/api/snug/v1/events${query}`, { headers })
  expect(answer.status).toBe(200)
  let told = ''
  const begun = Promise.withResolvers<void>()
  const rest = (async () => {
    try {
      for await (const chunk of answer.body ?? []) {
        told += new TextDecoder().decode(chunk)
        if (told.includes('listening')) begun.resolve()
      }
    } catch {
      // cut off as the test ends
    }
    return told
  })()
  await begun.promise
  return { rest, told: () => told }
}

const recheck = async () =>
  world.app.jobs.find(({ name }) => name === 'end streams of those who may not listen')?.run()

/** Somebody follows Ann's link, which may be closed together with her account. */
const click = async () => {
  expect([302, 410]).toContain((await world.send({ path: `/${code}` })).status)
  await world.app.clicks.drain()
}

const keyId = async () => (await world.store.keys.all(ann.account.id))[0]?.id ?? 0

test.each<[string, () => Promise<unknown> | unknown]>([
  ['revoked', async () => world.app.core.keys.remove(ann.account, await keyId())],
  [
    'switched off',
    async () => world.app.core.keys.patch(ann.account, await keyId(), { active: false }),
  ],
  [
    'bound to other addresses',
    async () =>
      world.app.core.keys.patch(ann.account, await keyId(), { allowedIps: ['192.0.2.1'] }),
  ],
  [
    'of a suspended account',
    () => world.app.core.accounts.patch(ann.account.id, { suspended: true }),
  ],
  [
    'suspended with links that stay',
    () => world.app.core.accounts.patch(ann.account.id, { suspended: true, linksStay: true }),
  ],
  [
    'of an account suspended beside the server',
    () => world.store.accounts.patch(ann.account.id, { suspended: true }, new Date(world.now())),
  ],
  ['of a deleted account', () => world.app.core.accounts.remove(ann.account.id)],
])('a key that is %s hears nothing more', async (_, end) => {
  const { rest } = await listen({ 'X-API-Key': ann.key })
  await recheck()
  await end()
  await click() // before any job has run
  await recheck()
  expect(await rest).not.toContain('event: click')
})

test('a key that expires hears nothing more', async () => {
  await world.app.core.keys.patch(ann.account, await keyId(), {
    expiresAt: new Date(world.now() + 60_000),
  })
  const { rest } = await listen({ Authorization: `Bearer ${ann.key}` })
  world.pass(59_999)
  await recheck()
  expect(Bun.peek.status(rest)).toBe('pending')
  world.pass(1)
  await recheck()
  expect(await rest).not.toContain('event: click')
})

test('an administrator who is none any more no longer hears what everybody’s visitors do', async () => {
  const root = await world.person('root', { role: 'admin' })
  await world.person('other', { role: 'admin' })
  const everything = await listen({ Cookie: root.cookie })
  const foreign = await listen({ Cookie: root.cookie }, `?account=${ann.account.id}`)
  const own = await listen({ 'X-API-Key': ann.key })
  await world.app.core.accounts.patch(root.account.id, { role: 'member' })
  await recheck()
  for (const { rest } of [everything, foreign]) expect(await rest).not.toContain('event: click')
  expect(Bun.peek.status(own.rest)).toBe('pending')
})

test('whoever may go on hears clicks, and their stream stays open', async () => {
  const { rest, told } = await listen({ 'X-API-Key': ann.key })
  await recheck()
  await click()
  for (let turn = 0; turn < 500 && !told().includes('event: click'); turn++)
    await new Promise((resolve) => setTimeout(resolve, 2))
  expect(told()).toContain('event: click')
  expect(Bun.peek.status(rest)).toBe('pending')
})
