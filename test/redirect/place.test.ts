import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import decodeQR from 'qr/decode.js'
import { deleteLink } from '../../src/core'
import { drawnSvg } from '../qr/drawn'
import { createMaker, type Maker, secretPlace, verifiedDomain } from './made'

let maker: Maker
beforeEach(async () => {
  maker = await createMaker()
})
afterEach(() => maker.close())

const locationAt = async (host: string, path: string, headers: Record<string, string> = {}) => {
  const answer = await maker.send({ path, headers: { Host: host, ...headers } })
  return answer.headers.get('location') ?? answer.status
}

describe('the host', () => {
  test('decides: a code on one domain never answers on another', async () => {
    const a = await verifiedDomain(maker, 'a.example')
    const b = await verifiedDomain(maker, 'b.example')
    await maker.make({ code: 'everywhere' })
    await maker.make({ code: 'everywhere', domainId: a, destination: 'https://of-a.example/' })
    await maker.make({ code: 'only-b', domainId: b, destination: 'https://of-b.example/' })
    await maker.make({ code: 'only-default' })
    for (const round of ['met for the first time', 'cached'])
      expect([
        round,
        await locationAt('a.example', '/everywhere'),
        await locationAt('A.example:8080', '/everywhere'),
        await locationAt('a.example.', '/everywhere'),
        await locationAt('a.example.', '/only-default'),
        await locationAt('b.example', '/everywhere'),
        await locationAt('b.example', '/only-b'),
        await locationAt('a.example', '/only-b'),
        await locationAt('a.example', '/only-default'),
        await locationAt('snug.example', '/only-b'),
        await locationAt('snug.example', '/everywhere'),
        await locationAt('anything.example', '/only-default'),
      ]).toEqual([
        round,
        'https://of-a.example/',
        'https://of-a.example/',
        'https://of-a.example/',
        404,
        404,
        'https://of-b.example/',
        404,
        404,
        404,
        secretPlace,
        secretPlace,
      ])
  })

  test('counts as a domain only once it is verified', async () => {
    await maker.make({ code: 'x' })
    const created = new Date(maker.now())
    const row = { id: 'f'.repeat(24), accountId: maker.account.id, host: 'later.example' }
    await maker.store.domains.insert({
      ...row,
      txtRecord: 't',
      verified: false,
      createdAt: created,
    })
    expect(await locationAt('later.example', '/x')).toBe(secretPlace)
    await maker.store.domains.verify(row.id, row.host)
    await maker.app.core.hosts.refresh()
    expect(await locationAt('later.example', '/x')).toBe(404)
  })

  test('is the forwarded one behind a trusted proxy', async () => {
    const a = await verifiedDomain(maker, 'a.example')
    await maker.make({ code: 'x', domainId: a })
    const forwarded = { 'X-Forwarded-Host': 'a.example' }
    expect(await locationAt('inner', '/x', forwarded)).toBe(secretPlace)
    const direct = await createMaker({ SNUG_TRUSTED_PROXIES: '' })
    const own = await verifiedDomain(direct, 'a.example')
    await direct.make({ code: 'x', domainId: own })
    const answer = await direct.send({ path: '/x', headers: { Host: 'inner', ...forwarded } })
    expect(answer.status).toBe(404)
    await direct.close()
  })

  test('of a link that changed is forgotten by its own domain only', async () => {
    const a = await verifiedDomain(maker, 'a.example')
    const link = await maker.make({ code: 'x', domainId: a })
    await maker.make({ code: 'x' })
    expect(await locationAt('a.example', '/x')).toBe(secretPlace)
    await deleteLink(maker.app.core, link)
    expect(await locationAt('a.example', '/x')).toBe(410)
    expect(await locationAt('snug.example', '/x')).toBe(secretPlace)
  })
})

describe('a link’s own status and the visit’s query', () => {
  test('301, 307 and 308 are answered as asked, and kept by nobody', async () => {
    for (const redirectStatus of [301, 302, 307, 308]) {
      const { code } = await maker.make({ redirectStatus })
      const answer = await maker.send({ path: `/${code}` })
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([
        redirectStatus,
        'no-store',
      ])
    }
  })

  test('the query is appended when the link says so, and reaches neither scheme nor host', async () => {
    const plain = await maker.make()
    expect(await locationAt('x', `/${plain.code}?a=1`)).toBe(secretPlace)
    const { code } = await maker.make({ forwardQuery: true, redirectStatus: 307 })
    expect(await locationAt('x', `/${code}`)).toBe(secretPlace)
    expect(await locationAt('x', `/${code}?`)).toBe(secretPlace)
    expect(await locationAt('x', `/${code}?a=1&b=ü`)).toBe(`${secretPlace}&a=1&b=%C3%BC`)
    const bare = await maker.make({
      forwardQuery: true,
      destination: 'https://secret.example#part',
    })
    for (const query of [
      '@evil.example/',
      '//evil.example',
      '%0d%0aSet-Cookie:a=b',
      'https://evil.example',
      '?x',
      '\\evil.example',
      '#@evil.example',
    ]) {
      const location = await locationAt('x', `/${bare.code}?${query}`)
      expect(new URL(`${location}`).origin).toBe('https://secret.example')
      expect(`${location}`).toEndWith('#part')
    }
    expect((await maker.send({ path: `/${code}?a=1` })).status).toBe(307)
  })
})

describe('beside a link', () => {
  test('the preview says on which host it leads, and follows nothing', async () => {
    const { id, code } = await maker.make({ maxClicks: 1 })
    for (const path of [`/${code}+`, `/${code}%2B`]) {
      const answer = await maker.send({ path })
      expect([answer.status, answer.headers.get('location')]).toEqual([200, null])
      const html = await answer.text()
      expect(html).toContain('<strong>secret.example</strong>')
      expect(html).toContain(`<a href="./${code}" rel="nofollow">`)
      expect(html).not.toContain('innermost/place')
    }
    expect(await locationAt('x', `/${code}`)).toBe(secretPlace)
    await maker.app.clicks.drain()
    const [{ clicks }] = await maker.store.ask([
      { ask: 'totals', filter: { scope: { links: [id] } } },
    ] as const)
    expect(clicks).toBe(1)
    expect((await maker.send({ path: `/${code}+` })).status).toBe(410)
    expect((await maker.send({ path: '/nothing+' })).status).toBe(404)
  })

  test('the QR code holds the short URL on the link’s own domain', async () => {
    const a = await verifiedDomain(maker, 'a.example')
    const { code } = await maker.make({ domainId: a })
    const svg = await maker.send({ path: `/${code}.qr`, headers: { Host: 'a.example' } })
    expect(svg.headers.get('content-type')).toBe('image/svg+xml')
    expect(svg.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(decodeQR(drawnSvg(await svg.text()), { format: 'RGBA' })).toBe(
      `http://a.example/${code}`,
    )
    const png = await maker.send({ path: `/${code}.qr.png`, headers: { Host: 'a.example' } })
    expect(png.headers.get('content-type')).toBe('image/png')
    expect(new Uint8Array(await png.arrayBuffer()).slice(1, 4)).toEqual(
      new TextEncoder().encode('PNG'),
    )
    expect((await maker.send({ path: `/${code}.qr` })).status).toBe(404)
    const gone = await maker.make({ enabled: false })
    for (const path of [`/${gone.code}.qr`, `/${gone.code}.qr.png`])
      expect((await maker.send({ path })).status).toBe(410)
  })
})
