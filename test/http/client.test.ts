import { describe, expect, test } from 'bun:test'
import { createProxyTrust } from '../../src/net'

const ask = (headers: Record<string, string>) => new Request('http://localhost/', { headers })

describe('the client address', () => {
  const direct = createProxyTrust({ trustedProxies: [], baseUrl: null })
  const behind = createProxyTrust({ trustedProxies: ['loopback', '10.0.0.0/8'], baseUrl: null })

  test('is the peer when nobody is trusted, whatever the headers say', () => {
    expect(direct.address('203.0.113.5', '1.2.3.4')).toBe('203.0.113.5')
  })
  test.each([
    ['0.0.0.0', '0.0.0.0'],
    ['255.255.255.255', '255.255.255.255'],
    ['10.20.30.40', '10.20.30.40'],
    ['256.1.1.1', '0.0.0.0'],
    ['010.8.8.8', '8.8.8.8'], // octal, as the address library reads it
    ['1.2.3.4.', '0.0.0.0'],
    ['1.2.3.4.5', '0.0.0.0'],
    ['1.2.3', '1.2.0.3'],
    ['2001:DB8::0:1', '2001:db8::1'],
    ['', '0.0.0.0'],
    ['somewhere', '0.0.0.0'],
  ])('%s is written %s', (peer, written) => {
    expect(direct.address(peer, null)).toBe(written)
  })
  test('of a mapped IPv4 peer is the IPv4 address', () => {
    expect(direct.address('::ffff:203.0.113.5', null)).toBe('203.0.113.5')
  })
  test('behind trusted proxies is the right-most untrusted one', () => {
    expect(behind.address('127.0.0.1', '6.6.6.6, 203.0.113.9, 10.1.2.3')).toBe('203.0.113.9')
  })
  test('is the peer when an untrusted peer forges the header', () => {
    expect(behind.address('203.0.113.5', '1.2.3.4')).toBe('203.0.113.5')
  })
  test('is the peer when the header holds garbage', () => {
    expect(behind.address('127.0.0.1', '<script>')).toBe('127.0.0.1')
  })
  test('of a list without end is what the nearest proxies wrote', () => {
    for (const far of ['::1, ', '127.0.0.1, ', ',', '6.6.6.6,', 'x'.repeat(99), '<script>,'])
      expect(behind.address('127.0.0.1', `${far.repeat(3000)}, 203.0.113.9, 10.1.2.3`)).toBe(
        '203.0.113.9',
      )
    expect(behind.address('127.0.0.1', '10.1.2.3, '.repeat(3000))).toBe('10.1.2.3')
  })
})

describe('the origin', () => {
  const direct = createProxyTrust({ trustedProxies: [], baseUrl: null })
  const behind = createProxyTrust({ trustedProxies: ['loopback'], baseUrl: null })
  const fixed = createProxyTrust({ trustedProxies: ['loopback'], baseUrl: 'https://go.example/x' })

  test('comes from the Host header', () => {
    expect(direct.origin(ask({ Host: 'go:8080' }), '1.2.3.4')).toBe('http://go:8080')
    expect(direct.origin(ask({ Host: '[fd00::1]:3000' }), '1.2.3.4')).toBe('http://[fd00::1]:3000')
  })
  test('has its host in the one spelling', () => {
    expect(direct.origin(ask({ Host: 'GO.Example.:80' }), '1.2.3.4')).toBe('http://go.example')
    const headers = { 'X-Forwarded-Host': 'Go.Example.:443', 'X-Forwarded-Proto': 'https' }
    expect(behind.origin(ask(headers), '127.0.0.1')).toBe('https://go.example')
  })
  test('never reflects a malformed host', () => {
    for (const host of [
      'a b',
      'x/y',
      'evil.example@good',
      '"><script>',
      'a,b',
      'a:99999999',
      'a:99999',
      'a..b',
      '.',
      '[:::]',
    ])
      expect(direct.origin(ask({ Host: host }), '1.2.3.4')).toBe('http://localhost')
  })
  test('believes forwarding headers of trusted proxies only', () => {
    const headers = {
      Host: 'inner',
      'X-Forwarded-Host': 'go.example',
      'X-Forwarded-Proto': 'https',
    }
    expect(behind.origin(ask(headers), '127.0.0.1')).toBe('https://go.example')
    expect(behind.origin(ask(headers), '203.0.113.5')).toBe('http://inner')
  })
  test.each([
    // [X-Forwarded-Host, X-Forwarded-Proto, X-Forwarded-For, what it is]
    ['go.example, inner:8080', 'https, http', '203.0.113.9, 10.0.0.2', 'https://go.example'],
    ['go.example,inner:8080', 'https,http', '10.0.0.5, 10.0.0.2', 'https://go.example'],
    ['evil.example, go.example', 'http, https', '203.0.113.9', 'https://go.example'],
    ['evil.example, go.example', 'https', null, 'https://go.example'],
    [
      'evil.example, go.example, x.y',
      'https, https, http',
      '7.7.7.7, 10.0.0.2',
      'https://go.example',
    ],
    ['go.example', 'https', '203.0.113.9, 10.0.0.2', 'https://go.example'],
    ['a.example,GO.Example.:443', 'HTTPS', null, 'https://go.example'],
    [`${'evil.example,'.repeat(5000)} go.example`, 'http', null, 'http://go.example'],
    ['go.example,', 'http', null, 'http://inner'],
    [',', ',', null, 'http://inner'],
    ['evil.example,a b', 'http', null, 'http://localhost'],
  ])('of a list by several proxies is what the outermost trusted one says: %.40p', (...row) => {
    const [host, proto, address, origin] = row
    const chain = createProxyTrust({ trustedProxies: ['loopback', '10.0.0.0/8'], baseUrl: null })
    const request = ask({
      Host: 'inner',
      'X-Forwarded-Host': host,
      'X-Forwarded-Proto': proto,
      ...(address === null ? {} : { 'X-Forwarded-For': address }),
    })
    expect(chain.origin(request, '127.0.0.1')).toBe(origin)
    expect(chain.origin(request, '203.0.113.5')).toBe('http://inner')
  })
  test('is the configured one whatever the headers say', () => {
    const headers = { Host: 'evil.example', 'X-Forwarded-Host': 'evil.example' }
    expect(fixed.origin(ask(headers), '127.0.0.1')).toBe('https://go.example/x')
  })
})
