import { expect, test } from 'bun:test'
import { createWorld } from '../world'

test('what hooks of the APIs read of a request is not read for a redirect', async () => {
  const { app, close } = await createWorld()
  const { router } = app.server
  const handler = router.history.find(({ method, path }) => method === 'GET' && path === '/:code')
  const compiled = String(handler?.compile())
  expect(compiled).toContain('await handler(c)')
  for (const work of ['toJSON', 'parseCookie', 'parseQuery', 'getServer', 'c.route'])
    expect(compiled).not.toContain(work)
  await close()
})
