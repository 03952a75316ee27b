import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { createWorld, type World } from '../world'

/** Short hosts are what homelab links look like; a router that finds the path by an offset misroutes them. */
const hosts = ['go', 's', 'x.y', 'go:8080', 'links.example.com']

let world: World
let origin = ''
let code = ''

beforeAll(async () => {
  world = await createWorld()
  const { server } = world.app.server.listen({ port: 0, hostname: '127.0.0.1' })
  origin = `http://127.0.0.1:${server?.port}`
  const made = await world.send({ path: '/api/shorten', body: { url: 'https://example.com/' } })
  code = ((await made.json()) as { short_code: string }).short_code
})
afterAll(async () => {
  await world.app.server.stop(true)
  await world.close()
})

/** The answer to bytes that no well-behaved client sends: its first line and its body. */
const askRaw = async (host: string, path: string): Promise<string> => {
  let text = ''
  const done = Promise.withResolvers<void>()
  await Bun.connect({
    hostname: '127.0.0.1',
    port: Number(new URL(origin).port),
    socket: {
      open: (socket) => {
        socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
      },
      data: (_, bytes) => {
        text += bytes.toString()
      },
      close: () => done.resolve(),
      error: () => done.resolve(),
    },
  })
  await done.promise
  return text
}

const ask = (host: string, path: string, init: RequestInit = {}) =>
  fetch(origin + path, { ...init, headers: { Host: host, ...init.headers }, redirect: 'manual' })

describe.each(hosts)('on the host %s', (host) => {
  test('links are followed and unknown ones are not found', async () => {
    expect((await ask(host, `/${code}`)).status).toBe(302)
    expect((await ask(host, '/nothing1')).status).toBe(404)
    expect((await ask(host, `/a/${code}`)).status).toBe(404)
  })
  test('the API answers, and shows short URLs on this host', async () => {
    const made = await ask(host, '/api/shorten', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ url: 'https://example.com/' }),
    })
    const { short_url } = (await made.json()) as { short_url: string }
    expect(short_url).toStartWith(`http://${host}/`)
    expect((await ask(host, `/api/stats/${code}`)).status).toBe(200)
    expect(await (await ask(host, '/api/stats/a/b')).json()).toMatchObject({ error: true })
  })
  test('pages and probes answer', async () => {
    for (const path of ['/', '/health', '/robots.txt', '/favicon.ico'])
      expect({ path, status: (await ask(host, path)).status }).toEqual({ path, status: 200 })
  })
})

describe.each(['', 'a b', 'x/y', '@', 'go, evil', '[::'])(
  'with the malformed host «%s»',
  (host) => {
    test('every path is the one that was asked for, and the host is not told back', async () => {
      const stats = await askRaw(host, `/api/stats/${code}`)
      expect(stats).toStartWith('HTTP/1.1 200')
      expect(stats).toContain(`"short_url":"http://localhost/${code}"`)
      expect(await askRaw(host, '/api/v1/urls')).toContain('"INVALID_API_KEY"')
      expect(await askRaw(host, '/api/stats/a/b')).toContain('"error":true')
      expect(await askRaw(host, `/a/b/c/d/${code}`)).toStartWith('HTTP/1.1 404')
      expect(await askRaw(host, `/${code}`)).toStartWith('HTTP/1.1 302')
    })
  },
)
