import { expect, test } from 'bun:test'
import type { World } from '../world'
import { createBrowser, password, person, signInWorld } from './browser'

type Browser = ReturnType<typeof createBrowser>
type Ends = (world: World, ada: Browser, id: number) => Promise<unknown>

test.each<[string, Ends]>([
  ['signs out', (_, ada) => ada.post('/sign-out')],
  [
    'is signed out from another device',
    async (world) => {
      const other = createBrowser(world)
      await other.signIn('ada')
      await other.post('/revoke-other-sessions')
    },
  ],
  [
    'gets another password',
    ({ app }, _, id) => app.core.accounts.patch(id, { password: `${password}!` }),
  ],
  ['is suspended', ({ app }, _, id) => app.core.accounts.patch(id, { suspended: true })],
  ['stays signed in for too long', async (world) => world.pass(31 * 86_400_000)],
])('the stream of live clicks of somebody who %s ends', async (_, end) => {
  const world = await signInWorld()
  const { id } = await person(world, 'ada')
  const ada = createBrowser(world)
  await ada.signIn('ada')
  const stream = await ada.send({ path: '/api/snug/v1/events' })
  expect(stream.status).toBe(200)
  const text = stream.text()
  const recheck = world.app.jobs.find(
    ({ name }) => name === 'end streams of those who may not listen',
  )
  await recheck?.run()
  expect(Bun.peek.status(text)).toBe('pending')
  await end(world, ada, id)
  await recheck?.run()
  expect(await text).toContain('listening')
  await world.close()
})
