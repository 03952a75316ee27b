import { expect, test } from 'bun:test'
import { createApp } from '../../src/app'
import { createWorld, type World } from '../world'

const day = 86_400_000

const put = async (world: World, cookie: string, path: string, body: unknown) => {
  const headers = { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin' }
  const answer = await world.send({ method: 'PUT', path: `/api/snug/v1/${path}`, headers, body })
  expect(answer.status).toBe(200)
}

test('clicks are kept for as long as the setting says, from the next round of forgetting on', async () => {
  const world = await createWorld()
  const { cookie } = await world.person('root', { role: 'admin' })
  const made = await world.send({ path: '/api/shorten', body: { url: 'https://example.com/' } })
  const { short_code: code } = (await made.json()) as { short_code: string }
  await world.send({ path: `/${code}` })
  await world.app.clicks.drain()
  const link = await world.store.links.byCode('', code)
  const logged = async () => (await Array.fromAsync(world.app.core.stats.log(link?.id ?? 0))).flat()
  const forget = world.app.jobs.find(({ name }) => name === 'forget clicks and visitors')

  world.pass(3 * day)
  await forget?.run()
  expect(await logged()).toHaveLength(1)
  await put(world, cookie, 'settings', { clickRetentionDays: 1 })
  await forget?.run()
  expect(await logged()).toHaveLength(0)
  await world.close()
})

test('what administrators decide is still in force when the program starts again', async () => {
  const world = await createWorld()
  const { cookie } = await world.person('root', { role: 'admin' })
  await put(world, cookie, 'settings', { redirectStatus: 307, signup: 'open' })
  await put(world, cookie, 'limits', {
    data: [{ id: 'shorten.shorten.minute', max: 3, per: 5000 }],
  })
  await put(world, cookie, 'blocklist', { entries: ['evil.example'] })
  await world.store.settings.merge('settings', { honorDnt: 'perhaps', unknown: 1 })

  const { core } = await createApp(world.given)
  expect({ ...core.settings.inForce }).toMatchObject({
    redirectStatus: 307,
    signup: 'open',
    honorDnt: true,
  })
  expect(core.settings.decided()).toEqual(['signup', 'redirectStatus'])
  const limit = core.limits.declared.find(({ id }) => id === 'shorten.shorten.minute')
  expect(limit && core.limits.of(limit, null)).toEqual({ max: 3, per: 5000 })
  expect(core.blocklist.isListed('https://evil.example/')).toBe(true)
  await world.close()
})
