import { afterEach, beforeEach, expect, test } from 'bun:test'
import { Webhook } from 'standardwebhooks'
import { createLink, deleteLink } from '../../src/core'
import { callerOf } from '../callers'
import { createWorld, type World } from '../world'

type Received = {
  id: string
  type: string
  data: Record<string, unknown>
  raw: string
  headers: Record<string, string>
}

let world: World
let received: Received[]
let answer: () => Response | Promise<Response>
let receiver: ReturnType<typeof Bun.serve>

beforeEach(async () => {
  world = await createWorld({ SNUG_WEBHOOK_PRIVATE: 'on' })
  received = []
  answer = () => new Response('thanks')
  receiver = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: async (request) => {
      const raw = await request.text()
      const headers = Object.fromEntries(request.headers)
      received.push({ ...JSON.parse(raw), raw, headers, id: headers['webhook-id'] ?? '' })
      return answer()
    },
  })
})
afterEach(async () => {
  await receiver.stop(true)
  await world.close()
})

const run = async (name: string) => world.app.jobs.find((job) => job.name === name)?.run()

/** An account with a webhook, and how it makes a link. */
const listening = async (...events: string[]) => {
  const { account, key } = await world.person('ann')
  const made = await world.app.core.webhooks.create(account, { url: receiver.url.href, events })
  const link = (draft: { expiresAt?: Date } = {}) =>
    createLink(world.app.core, callerOf(account, 'http://localhost'), {
      destination: 'https://example.com/',
      ...draft,
    })
  const log = async () =>
    (await world.app.core.webhooks.deliveries(account, made.webhook.id, { page: 1, limit: 99 }))
      .rows
  /** Waits until every event is in the queue: they are put there behind the answer. */
  const queued = async (messages: number) => {
    await world.app.webhooks.drain()
    expect(await log()).toHaveLength(messages)
  }
  return { ...made, account, key, link, log, queued }
}

test('tells of new, deleted and expired links, signed, to those who asked for them', async () => {
  const { secret, link, queued } = await listening('link.created', 'link.deleted', 'link.expired')
  await run('tell of expired links')
  const first = await link()
  await link({ expiresAt: new Date(world.now() + 60_000) })
  await deleteLink(world.app.core, first)
  world.pass(120_000)
  await run('tell of expired links')
  await run('tell of expired links')
  await queued(4)
  await run('deliver webhooks')
  expect(received.map(({ type }) => type).sort()).toEqual([
    'link.created',
    'link.created',
    'link.deleted',
    'link.expired',
  ])
  for (const { raw, headers, id } of received) {
    expect(id).toMatch(/^msg_/)
    const stamped = { ...headers, 'webhook-timestamp': headers['webhook-timestamp'] ?? '' }
    const at = new Date(Number(stamped['webhook-timestamp']) * 1000)
    expect(new Webhook(secret).sign(id, at, raw)).toBe(headers['webhook-signature'] ?? '')
  }
  expect(received[0]?.data).toMatchObject({ link: { code: first.code, hasPassword: false } })
})

test('tells of clicks in batches, without anything about the person', async () => {
  const { link, queued } = await listening('click')
  const { code } = await link()
  for (let click = 0; click < 3; click++)
    await world.send({
      path: `/${code}`,
      headers: { 'X-Forwarded-For': '203.0.113.9', Referer: 'https://news.example/secret' },
    })
  await world.app.clicks.drain()
  await queued(1)
  await run('deliver webhooks')
  expect(received).toHaveLength(1)
  expect(received[0]?.data.clicks).toHaveLength(3)
  expect(received[0]?.raw).not.toMatch(/203\.0\.113\.9|secret|visitor/)
})

test('tries again with longer and longer pauses, and gives up in the end', async () => {
  const { link, log, queued } = await listening('link.created')
  answer = () => new Response('broken', { status: 500 })
  await link()
  await queued(1)
  await run('deliver webhooks')
  await run('deliver webhooks')
  expect(received).toHaveLength(1)
  expect(await log()).toMatchObject([
    { state: 'waiting', attempts: 1, status: 500, problem: 'answered 500' },
  ])

  for (let attempt = 0; attempt < 10; attempt++) {
    world.pass(86_400_000)
    await run('deliver webhooks')
  }
  expect(received).toHaveLength(8)
  expect(new Set(received.map(({ id }) => id)).size).toBe(1)
  expect(await log()).toMatchObject([{ state: 'failed', attempts: 8 }])
})

test('a webhook that fails is spared its other messages for a while', async () => {
  const { link, queued } = await listening('link.created')
  answer = () => new Response('broken', { status: 500 })
  for (let made = 0; made < 30; made++) await link()
  await queued(30)
  await run('deliver webhooks')
  expect(received.length).toBeLessThanOrEqual(5) // those that were under way together
  answer = () => new Response('fine')
  world.pass(60_000)
  await run('deliver webhooks')
  expect(new Set(received.map(({ id }) => id)).size).toBe(30)
})

test('an address that never answers does not hold up the end, and is tried again later', async () => {
  const { link, queued, log } = await listening('link.created')
  const begun = Promise.withResolvers<void>()
  const never = Promise.withResolvers<void>()
  answer = async () => {
    begun.resolve()
    await never.promise
    return new Response()
  }
  await link()
  await queued(1)
  const delivering = run('deliver webhooks')
  await begun.promise
  world.app.webhooks.close()
  await delivering
  expect(await log()).toMatchObject([{ state: 'waiting', attempts: 0 }])
  never.resolve()
})

test('a delivery that works the second time is done', async () => {
  const { link, log, queued } = await listening('link.created')
  answer = () => new Response('not yet', { status: 503 })
  await link()
  await queued(1)
  await run('deliver webhooks')
  answer = () => new Response(null, { status: 204 })
  world.pass(5_000)
  await run('deliver webhooks')
  expect(await log()).toMatchObject([
    { state: 'delivered', attempts: 2, status: 204, problem: null },
  ])
})

test('a webhook that is switched off is sent nothing, and its queue goes on afterwards', async () => {
  const { account, webhook, link, log, queued } = await listening('link.created')
  await link()
  await queued(1)
  await world.app.core.webhooks.patch(account, webhook.id, { enabled: false })
  await link()
  await queued(1)
  await run('deliver webhooks')
  expect(received).toHaveLength(0)
  await world.app.core.webhooks.patch(account, webhook.id, { enabled: true })
  await run('deliver webhooks')
  expect(received).toHaveLength(1)
  world.pass(40 * 86_400_000)
  await run('forget old deliveries')
  expect(await log()).toEqual([])
})

test('a suspended account’s webhooks are told nothing; what waited goes on when the account does', async () => {
  const { account, link, log, queued } = await listening('link.created', 'click')
  const { code } = await link()
  await queued(1)
  const suspend = (edit: object) => world.app.core.accounts.patch(account.id, edit)
  await suspend({ suspended: true, linksStay: true })
  await link()
  await world.send({ path: `/${code}` })
  await world.app.clicks.drain()
  await queued(1)
  await run('deliver webhooks')
  expect(received).toHaveLength(0)
  expect(await log()).toMatchObject([{ state: 'waiting', attempts: 0 }])
  await suspend({ suspended: false })
  await run('deliver webhooks')
  expect(received.map(({ type }) => type)).toEqual(['link.created'])
  await link()
  await queued(2)
})
