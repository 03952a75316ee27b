import { expect, test } from 'bun:test'
import { createWorld, type World } from '../world'

const who = { email: 'first@example.com', password: 'a quiet paper lantern' }

const setUp = (world: World, body: unknown) =>
  world.send({ path: '/api/snug/v1/setup', body: body as Record<string, unknown> })

test('the holder of the printed token becomes the administrator, once', async () => {
  const world = await createWorld()
  const earlier = await world.app.core.accounts.beginSetUp()
  const token = await world.app.core.accounts.beginSetUp()
  for (const wrong of ['', 'guessed', earlier])
    expect((await setUp(world, { ...who, token: wrong })).status).toBe(403)
  expect((await setUp(world, { ...who, token, password: 'short' })).status).toBe(400)
  const answer = await setUp(world, { ...who, token })
  expect(answer.status).toBe(201)
  const text = await answer.text()
  expect(JSON.parse(text)).toMatchObject({ email: who.email, role: 'admin', kind: 'user' })
  expect(text).not.toContain(who.password)
  expect((await setUp(world, { ...who, token })).status).toBe(409)
  await world.close()
})

test('of twenty at once exactly one wins', async () => {
  const world = await createWorld()
  const token = await world.app.core.accounts.beginSetUp()
  const tries = Array.from({ length: 20 }, (_, index) =>
    setUp(world, { ...who, email: `first${index}@example.com`, token }),
  )
  const statuses = (await Promise.all(tries)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 201)).toHaveLength(1)
  expect(statuses.filter((status) => status === 409)).toHaveLength(19)
  await world.close()
}, 30_000)

test('a wish that can’t be granted makes nobody', async () => {
  const world = await createWorld()
  const token = await world.app.core.accounts.beginSetUp()
  for (const [body, status, fault] of [
    [{ ...who, token: 'ü'.repeat(200) }, 403, 'set_up_refused'],
    [{ ...who, token: 7 }, 400, 'input_invalid'],
    [who, 400, 'input_invalid'],
    [{ ...who, token, email: 'nobody' }, 400, 'input_invalid'],
  ] as const) {
    const answer = await setUp(world, body)
    expect(await answer.json()).toMatchObject({ status, fault })
  }
  const session = await world.send({ path: '/api/snug/v1/session' })
  expect(await session.json()).toMatchObject({ needsSetUp: true })
  await world.close()
})

test('guessing tokens is limited', async () => {
  const world = await createWorld()
  const guess = () => setUp(world, { ...who, token: 'guessed' })
  for (let guesses = 0; guesses < 30; guesses++) expect((await guess()).status).toBe(403)
  expect((await guess()).status).toBe(429)
  await world.close()
})
