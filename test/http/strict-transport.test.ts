import { afterEach, expect, test } from 'bun:test'
import { concrete, routesOf } from '../every-route'
import { createMaker, type Maker, verifiedDomain } from '../redirect/made'
import type { Send } from '../world'

let maker: Maker
afterEach(() => maker.close())

const headerOf = async (send: Send) => {
  const answer = await maker.send(send)
  await answer.body?.cancel()
  return answer.headers.get('strict-transport-security')
}

test('known by an https address, every answer of every route asks for https, of its own host only', async () => {
  maker = await createMaker({
    SNUG_BASE_URL: 'https://go.example',
    SNUG_METRICS_TOKEN: 't',
    SNUG_RATE_LIMITS: 'off',
  })
  const { code } = await maker.make()
  const locked = await maker.make({ password: 'open sesame' })
  const paths = routesOf(maker).map(({ path, method }) => ({
    path: concrete(path, code),
    method: method === 'ALL' ? 'GET' : method,
  }))
  const more = [
    '/nothing',
    `/${code}+`,
    `/${code}.qr`,
    `/${locked.code}`,
    '/api/v1/nothing',
    '/a/b',
  ]
  for (const send of [...paths, ...more.map((path) => ({ path, method: 'GET' }))])
    expect({ ...send, header: await headerOf(send) }).toEqual({
      ...send,
      header: 'max-age=31536000',
    })
  const redirect = await maker.send({ path: `/${code}` })
  expect(redirect.status).toBe(302)
})

test('a server that listens says so too, which reaches its routes by a way of their own', async () => {
  maker = await createMaker({ SNUG_BASE_URL: 'https://go.example', SNUG_METRICS_TOKEN: 't' })
  const { code } = await maker.make()
  const { server } = maker.app.server.listen({ port: 0, hostname: '127.0.0.1' })
  const paths = [
    `/${code}`,
    `/${code}+`,
    '/',
    '/admin',
    '/admin/x',
    '/docs',
    '/nothing',
    '/metrics',
  ]
  for (const path of [...paths, '/health', '/api/v1', '/api/v1/urls', '/api/auth/get-session'])
    for (const method of ['GET', 'HEAD', 'POST']) {
      const url = `http://127.0.0.1:${server?.port}${path}`
      const { headers } = await fetch(url, { method, redirect: 'manual' })
      const header = headers.get('strict-transport-security')
      expect({ method, path, header }).toEqual({ method, path, header: 'max-age=31536000' })
    }
  await maker.app.server.stop(true)
})

test('a domain of somebody’s own is left alone, in any spelling and behind a proxy', async () => {
  maker = await createMaker({ SNUG_BASE_URL: 'https://go.example' })
  await verifiedDomain(maker, 'own.example')
  for (const host of ['own.example', 'OWN.example.', 'own.example:443'])
    for (const name of ['Host', 'X-Forwarded-Host'])
      for (const path of ['/nothing', '/admin', '/'])
        expect(await headerOf({ path, headers: { [name]: host } })).toBeNull()
  for (const host of ['go.example', 'other.example', '192.168.1.4:3000'])
    expect(await headerOf({ path: '/nothing', headers: { Host: host } })).toBe('max-age=31536000')
})

test.each([{}, { SNUG_BASE_URL: 'http://go.example' }])('not with %p', async (env) => {
  maker = await createMaker(env)
  const { code } = await maker.make()
  for (const path of ['/', '/admin', '/docs', `/${code}`, '/api/snug/v1/session'])
    expect(await headerOf({ path, headers: { 'X-Forwarded-Proto': 'https' } })).toBeNull()
})
