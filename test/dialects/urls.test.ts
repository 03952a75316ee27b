import { expect, test } from 'bun:test'
import { createWorld } from '../world'

/** What scenarios can't say: an administrator's limit, a blocklist. */
test('enterprise has the custom limit that an administrator gives', async () => {
  const world = await createWorld()
  const { key } = await world.person('ann')
  const ask = () => world.send({ path: '/api/urls/nothing', headers: { 'x-api-key': key } })
  world.app.core.limits.override({ 'urls.hour': { max: 2, per: 3_600_000 } })
  expect((await ask()).headers.get('ratelimit-limit')).toBe('2')
  expect((await ask()).status).toBe(404)
  expect((await ask()).status).toBe(429)
  await world.close()
})

test('a destination on the blocklist is refused as unsafe', async () => {
  const world = await createWorld()
  const { key } = await world.person('ann')
  await world.app.core.blocklist.replace(['evil.example'])
  for (const path of ['/api/urls', '/api/urls/create']) {
    const body = { url: 'http://evil.example/' }
    const answer = await world.send({ path, headers: { 'x-api-key': key }, body })
    const message = 'This URL was flagged as unsafe'
    expect(answer.status).toBe(400)
    expect(await answer.json()).toEqual({ error: message, message })
  }
  await world.close()
})
