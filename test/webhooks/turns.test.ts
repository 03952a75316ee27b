import { afterEach, beforeEach, expect, test } from 'bun:test'
import { places } from '../../src/webhooks/places'
import { aWhile, createGround, type Ground, until } from './receivers'

let ground: Ground
beforeEach(async () => {
  ground = await createGround()
})
afterEach(() => ground.close())

const numbers = (arrived: readonly { data: Record<string, unknown> }[]) =>
  arrived.map(({ data }) => data.number)

test('a webhook that answers late delays nobody else’s message, and gets its own one by one', async () => {
  const [slow, quick] = [ground.receiver(), ground.receiver(200)]
  const ann = await ground.person('ann', [slow.url])
  const bob = await ground.person('bob', [quick.url])
  await ann.queue(60)
  const delivering = ground.deliver()
  await until(() => slow.arrived.length === 1)
  await bob.queue(3) // while Ann's is under way
  await until(() => quick.arrived.length === 3)
  expect(slow.arrived).toHaveLength(1)
  for (let sent = 1; sent < 60; sent++) {
    slow.arrived.at(-1)?.answer(200)
    await until(() => slow.arrived.length === sent + 1)
    expect(slow.open()).toBe(1)
  }
  slow.arrived.at(-1)?.answer(200)
  await delivering
  expect(numbers(slow.arrived)).toEqual(Array.from({ length: 60 }, (_, number) => number))
  expect(numbers(quick.arrived)).toEqual([0, 1, 2])
})

test('ten late webhooks of one account leave places to others, also to new hosts', async () => {
  const slow = Array.from({ length: 10 }, () => ground.receiver())
  const quick = ground.receiver(200)
  const ann = await ground.person(
    'ann',
    slow.map(({ url }) => url),
  )
  const bob = await ground.person('bob', [quick.url])
  await ann.queue(5)
  const delivering = ground.deliver()
  const underWay = () => slow.reduce((sum, { arrived }) => sum + arrived.length, 0)
  await until(() => underWay() === places.account)
  await bob.queue(2)
  await bob.delivered(2)
  expect(underWay()).toBe(places.account)

  ground.world.pass(9000) // they are known to be slow from here on
  for (const { arrived } of slow) arrived[0]?.answer(200)
  await until(() => underWay() > places.account)
  await aWhile()
  expect(underWay()).toBeLessThanOrEqual(places.account + places.slowOfAccount)
  await bob.queue(2)
  await bob.delivered(4)
  ground.world.app.webhooks.close()
  await delivering
})

test('many accounts with one webhook each at the same slow host leave places to others', async () => {
  const [slow, quick] = [ground.receiver(), ground.receiver(200)]
  const many = await Promise.all(
    Array.from({ length: 80 }, (_, number) =>
      ground.person(`slow${number}`, [`${slow.url}${number}`]),
    ),
  )
  const bob = await ground.person('bob', [quick.url])
  await Promise.all(many.map(({ queue }) => queue(3)))
  const delivering = ground.deliver()
  await until(() => slow.arrived.length === places.unknown)
  await aWhile()
  expect(slow.arrived).toHaveLength(places.unknown)
  ground.world.pass(1001) // nobody has answered, and that says enough
  await bob.queue(1)
  await until(() => quick.arrived.length === 1)
  await aWhile()
  expect(slow.arrived).toHaveLength(places.unknown)

  ground.world.pass(9000)
  for (const { answer } of slow.arrived) answer(200)
  await until(() => slow.arrived.length === places.unknown + places.slowHost)
  await aWhile()
  expect(slow.open()).toBe(places.slowHost)
  await bob.queue(3)
  await until(() => quick.arrived.length === 4)

  // each account once before any gets a second message
  while (slow.arrived.length < 80) {
    await until(() => slow.open() === places.slowHost || slow.arrived.length >= 80)
    const before = slow.arrived.length
    ground.world.pass(9000)
    for (const { answer } of slow.arrived) answer(200)
    await until(() => slow.arrived.length > before)
  }
  expect(new Set(slow.arrived.slice(0, 80).map(({ path }) => path)).size).toBe(80)
  ground.world.app.webhooks.close()
  await delivering
})

test('known slow hosts never hold more than half of all places', async () => {
  const slow = Array.from({ length: 60 }, () => ground.receiver())
  const people = await Promise.all(
    slow.map(({ url }, number) => ground.person(`slow${number}`, [url])),
  )
  const underWay = () => slow.reduce((sum, { open }) => sum + open(), 0)
  const total = () => slow.reduce((sum, { arrived }) => sum + arrived.length, 0)
  await Promise.all(people.map(({ queue }) => queue(9)))
  const delivering = ground.deliver()
  for (let round = 0; round < 12; round++) {
    const before = total()
    await until(() => underWay() > 0)
    await aWhile()
    expect(underWay()).toBeLessThanOrEqual(places.slow + places.unknown)
    if (total() > 60 + places.slow) expect(underWay()).toBeLessThanOrEqual(places.slow)
    ground.world.pass(20_000)
    for (const { arrived } of slow) for (const { answer } of arrived) answer(200)
    await until(() => total() > before)
  }
  expect(places.slow * 2).toBeLessThanOrEqual(places.all)
  ground.world.app.webhooks.close()
  await delivering
})

test('a webhook that took long rests for as long, a quick one does not', async () => {
  const slow = ground.receiver()
  const ann = await ground.person('ann', [slow.url])
  await ann.queue(3)
  const delivering = ground.deliver()
  await until(() => slow.arrived.length === 1)
  ground.world.pass(9000)
  slow.arrived[0]?.answer(200)
  await delivering
  await ground.deliver()
  expect(slow.arrived).toHaveLength(1)
  await ann.queue(1, 3)
  ground.world.pass(8999)
  await ground.deliver()
  expect(slow.arrived).toHaveLength(1)
  ground.world.pass(1)
  const again = ground.deliver()
  await until(() => slow.arrived.length === 2)
  slow.arrived[1]?.answer(200)
  await until(() => slow.arrived.length === 3) // at once
  slow.arrived[2]?.answer(200)
  await until(() => slow.arrived.length === 4)
  slow.arrived[3]?.answer(200)
  await again
})

test('messages stay in their order when one fails for a while, and the rest go past when it fails for long', async () => {
  const target = ground.receiver()
  const ann = await ground.person('ann', [target.url])
  await ann.queue(3)
  const attempt = async (status: number) => {
    const before = target.arrived.length
    const delivering = ground.deliver()
    await until(() => target.arrived.length === before + 1)
    target.arrived.at(-1)?.answer(status)
    if (status !== 200) await delivering
    return delivering
  }
  await attempt(500)
  ground.world.pass(5000)
  await attempt(503)
  ground.world.pass(29_999)
  await ground.deliver()
  expect(numbers(target.arrived)).toEqual([0, 0])
  ground.world.pass(1)
  await attempt(500) // now it waits for two minutes, the webhook for one
  ground.world.pass(60_000)
  const rest = ground.deliver()
  for (const count of [4, 5]) {
    await until(() => target.arrived.length === count)
    target.arrived.at(-1)?.answer(200)
  }
  await rest
  ground.world.pass(60_000)
  await attempt(200)
  expect(numbers(target.arrived)).toEqual([0, 0, 0, 1, 2, 0])
  expect(new Set(target.arrived.map(({ id }) => id)).size).toBe(3)
})

test('a message that comes while others fail or rest does not go past them', async () => {
  const target = ground.receiver()
  const ann = await ground.person('ann', [target.url])
  await ann.queue(1)
  const failing = ground.deliver()
  await until(() => target.arrived.length === 1)
  target.arrived[0]?.answer(500)
  await failing
  await ann.queue(1, 1)
  await ground.deliver()
  expect(target.arrived).toHaveLength(1)
  ground.world.pass(5000)
  const delivering = ground.deliver()
  for (const count of [2, 3]) {
    await until(() => target.arrived.length === count)
    target.arrived.at(-1)?.answer(200)
  }
  await delivering
  expect(numbers(target.arrived)).toEqual([0, 0, 1])
})

test('what waits is found again by a program that starts anew', async () => {
  const target = ground.receiver(200)
  const ann = await ground.person('ann', [target.url, `${target.url}second`])
  await ann.queue(2)
  const { createApp } = await import('../../src/app')
  const again = await createApp(ground.world.given)
  await again.webhooks.deliver()
  expect(target.arrived.map(({ path, data }) => `${path} ${data.number}`).sort()).toEqual([
    '/ 0',
    '/ 1',
    '/second 0',
    '/second 1',
  ])
})
