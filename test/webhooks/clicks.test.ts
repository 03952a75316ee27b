import { afterEach, beforeEach, expect, test } from 'bun:test'
import { createGround, type Ground, until } from './receivers'

/** Clicks come without end: what waits of them is joined, and in the end dropped and counted. */
let ground: Ground
beforeEach(async () => {
  ground = await createGround()
})
afterEach(() => ground.close())

const batch = (from: number, clicks: number, more = '') =>
  Array.from({ length: clicks }, (_, number) => ({ number: from + number, more }))

const rows = async (webhookId: number) =>
  (await ground.world.store.deliveries.page(webhookId, { offset: 0, limit: 1000 })).rows

const numbersIn = (payload: string) =>
  (JSON.parse(payload).data.clicks as { number: number }[]).map(({ number }) => number)

test('clicks that wait are joined into the last batch, each once and in order', async () => {
  const target = ground.receiver()
  const { account, webhooks } = await ground.person('ann', [target.url], 'click')
  const tell = (clicks: object[]) => ground.world.app.core.webhooks.tellClicks(account.id, clicks)
  for (let from = 0; from < 30; from += 3) await tell(batch(from, 3))
  const [only, ...others] = await rows(webhooks[0]?.id ?? 0)
  expect(others).toEqual([])
  expect(numbersIn(only?.payload ?? '')).toEqual(Array.from({ length: 30 }, (_, number) => number))

  const delivering = ground.deliver()
  await until(() => target.arrived.length === 1)
  await tell(batch(30, 3)) // too late for the one that is under way
  await tell(batch(33, 3))
  target.arrived[0]?.answer(500)
  await delivering
  await tell(batch(36, 3))
  const attempts = (await rows(webhooks[0]?.id ?? 0)).map((row) => row.attempts)
  expect(attempts.sort()).toEqual([0, 1])
  ground.world.pass(5000)
  const again = ground.deliver()
  for (const count of [2, 3]) {
    await until(() => target.arrived.length === count)
    target.arrived.at(-1)?.answer(200)
  }
  await again
  const told = target.arrived.map(({ data }) => (data.clicks as unknown[]).length)
  expect(told).toEqual([30, 30, 9])
})

test('a batch that was tried stays as it was: whoever took it knows it by its id', async () => {
  const { account, webhooks } = await ground.person('ann', [ground.receiver(500).url], 'click')
  const tell = (clicks: object[]) => ground.world.app.core.webhooks.tellClicks(account.id, clicks)
  await tell(batch(0, 1))
  await ground.deliver()
  await tell(batch(1, 1))
  const payloads = (await rows(webhooks[0]?.id ?? 0)).map(({ payload }) => numbersIn(payload))
  expect(payloads.sort()).toEqual([[0], [1]])
})

test('clicks are not joined past another event, nor into a batch that is long already', async () => {
  const target = ground.receiver()
  const { account, webhooks } = await ground.person('ann', [target.url], 'click')
  const { core } = ground.world.app
  const id = webhooks[0]?.id ?? 0
  await core.webhooks.tellClicks(account.id, batch(0, 2))
  await core.webhooks.test(account, id)
  await core.webhooks.tellClicks(account.id, batch(2, 2))
  await core.webhooks.tellClicks(account.id, batch(4, 400, 'x'.repeat(100)))
  expect((await rows(id)).map(({ event }) => event).sort()).toEqual([
    'click',
    'click',
    'click',
    'test',
  ])
})

test('of too many batches the oldest are dropped and their clicks counted; other events stay', async () => {
  const { account, webhooks, delivered } = await ground.person(
    'ann',
    [ground.receiver(200).url],
    'click',
  )
  const { core } = ground.world.app
  const id = webhooks[0]?.id ?? 0
  const long = 'x'.repeat(20_000) // so that no two are joined
  await core.webhooks.test(account, id)
  for (let from = 0; from < 1010; from += 2)
    await core.webhooks.tellClicks(account.id, batch(from, 2, long))
  const waiting = (await rows(id)).filter(({ event }) => event === 'click')
  expect(waiting).toHaveLength(500)
  expect(Math.min(...waiting.flatMap(({ payload }) => numbersIn(payload)))).toBe(10)
  expect(await core.webhooks.own(account, id)).toMatchObject({ droppedClicks: 10 })
  await ground.deliver()
  await delivered(501)
})

test('of more than 10,000 messages of any kind the oldest are forgotten', async () => {
  const { account, queue, webhooks } = await ground.person('ann', [ground.receiver(200).url])
  const { store, app } = ground.world
  await queue(3)
  const row = (await rows(webhooks[0]?.id ?? 0))[0]
  if (row === undefined) throw new Error('nothing waits')
  for (let made = 0; made < 10_050; made += 50)
    await store.deliveries.enqueue(
      Array.from({ length: 50 }, (_, number) => ({ ...row, id: `msg_${made + number}` })),
    )
  await queue(97, 3) // with the hundredth the queue is measured
  const page = await store.deliveries.page(webhooks[0]?.id ?? 0, { offset: 0, limit: 1 })
  expect(page.total).toBe(10_000)
  await app.core.webhooks.patch(account, webhooks[0]?.id ?? 0, { enabled: false })
  ground.world.pass(31 * 86_400_000)
  await app.core.deliveries.forget()
  expect((await rows(webhooks[0]?.id ?? 0)).length).toBe(0)
})
