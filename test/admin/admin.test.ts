import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { App } from '../../src/admin/app-file'
import { bundleApp } from '../../src/admin/bundle'
import { createWorld, type World } from '../world'

let here: World
beforeAll(async () => {
  here = await createWorld()
})
afterAll(() => here.close())

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  here.send({ method, path, headers })

describe('the page of the app', () => {
  for (const path of ['/admin', '/admin/links/7', '/auth', '/setup', '/r'])
    test(`answers ${path}, GET and HEAD alike, confined to our own files`, async () => {
      for (const method of ['GET', 'HEAD']) {
        const answer = await get(path, {}, method)
        expect(answer.status).toBe(200)
        expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
        expect(answer.headers.get('cache-control')).toBe('no-cache')
        const policy = answer.headers.get('content-security-policy') ?? ''
        expect(policy).toStartWith("default-src 'none'; script-src 'self';")
        expect(policy).toContain("frame-ancestors 'none'")
        expect(policy).not.toContain('http')
      }
    })

  test('names files that exist, and nothing from another origin', async () => {
    const html = await (await get('/admin')).text()
    const names = [...html.matchAll(/(?:src|href)="(admin\/assets\/[^"]+)"/g)]
    expect(names.length).toBeGreaterThanOrEqual(2)
    for (const [, path] of names) expect((await get(`/${path}`)).status).toBe(200)
    expect(html).not.toContain('//')
  })

  test('knows the path of a base URL that has one', async () => {
    const below = await createWorld({ SNUG_BASE_URL: 'https://example.com/go' })
    const answer = await below.send({ path: '/admin' })
    expect(await answer.text()).toContain('<base href="/go/">')
    await below.close()
  })
})

describe('a file of the app', () => {
  const script = async () => {
    const html = await (await get('/admin')).text()
    return `/${/src="([^"]+)"/.exec(html)?.[1]}`
  }

  test('comes in the smallest encoding that is accepted, and may be kept for ever', async () => {
    const path = await script()
    const bodies = new Set<string>()
    for (const [accepted, encoding] of [
      ['gzip, deflate, br', 'br'],
      ['gzip;q=0.5, br;q=0', 'gzip'],
      ['', null],
      ['zstd', null],
    ] as const) {
      const answer = await get(path, { 'Accept-Encoding': accepted })
      expect(answer.headers.get('content-encoding')).toBe(encoding)
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      expect(answer.headers.get('vary')).toBe('Accept-Encoding')
      bodies.add(await decoded(answer))
    }
    expect(bodies.size).toBe(1)
  })

  test('is not sent again to who has it', async () => {
    const path = await script()
    const etag = (await get(path)).headers.get('etag') ?? ''
    const answer = await get(path, { 'If-None-Match': etag })
    expect([answer.status, await answer.text()]).toEqual([304, ''])
  })

  test('that does not exist is 404, whatever its name', async () => {
    for (const name of ['none.js', '..%2f..%2fpackage.json', '%zz', '__proto__'])
      expect((await get(`/admin/assets/${name}`)).status).toBe(404)
  })
})

const decoded = async (answer: Response) => {
  const bytes = await answer.bytes()
  const encoding = answer.headers.get('content-encoding')
  if (encoding === null) return new TextDecoder().decode(bytes)
  const format = encoding === 'br' ? ('brotli' as CompressionFormat) : 'gzip'
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format))
  return new Response(stream).text()
}

describe('the built app', () => {
  let app: App
  beforeAll(async () => {
    app = await bundleApp(11)
  }, 60_000)
  const kilobytes = (names: readonly string[]) =>
    names.reduce((sum, name) => sum + (app.files.get(name)?.bodies.br.size ?? Infinity), 0) / 1000

  test('starts with at most 200 kB of script and 30 kB of style, compressed', () => {
    expect(kilobytes(app.scripts)).toBeLessThanOrEqual(200)
    expect(kilobytes([app.style])).toBeLessThanOrEqual(30)
  })
})
