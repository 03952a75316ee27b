import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { plainHost, plainOrigin } from '../../src/core'

const long = `${'a'.repeat(62)}.`.repeat(4)

test.each([
  ['GO.Example', 'go.example'],
  ['go.example.', 'go.example'],
  ['go.example:80', 'go.example'],
  ['go.example:443', 'go.example'],
  ['go.example.:00080', 'go.example'],
  ['go.example:', 'go.example'],
  ['go.example:8080', 'go.example:8080'],
  ['go.example:08080', 'go.example:8080'],
  ['go', 'go'],
  ['my_host.local', 'my_host.local'],
  ['BÜCHER.example.', 'xn--bcher-kva.example'],
  ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
  ['go。example', 'go.example'],
  ['ｇｏ.example', 'go.example'],
  ['0x7f.1', '127.0.0.1'],
  ['127.0.0.1.', '127.0.0.1'],
  ['[0:0:0:0:0:0:0:1]:443', '[::1]'],
  ['[::FFFF:127.0.0.1]:3000', '127.0.0.1:3000'],
  [`${'a'.repeat(63)}.example`, `${'a'.repeat(63)}.example`],
  [`${long}a`, `${long}a`],
  [`${long}a.`, `${long}a`],
])('the host %s is written %s', (host, plain) => {
  expect(plainHost(host)).toBe(plain)
})

test.each([
  '',
  '.',
  '..',
  '.example',
  'a..b',
  'a..',
  '。',
  'a。。b',
  'xn--a',
  '[::',
  '[::1',
  'go:65536',
  `${'a'.repeat(64)}.example`,
  `${long}ab`,
  `${'ü'.repeat(60)}.example`,
  'x'.repeat(100_000),
  'a b',
  'a/b',
  'u@a',
  'a?b',
  'a#b',
  'a:b',
  'go:-1',
  '999.1.1.1',
])('%s is no host', (host) => {
  expect(plainHost(host)).toBeNull()
})

test('an origin keeps its port unless its scheme has it anyway', () => {
  expect(plainOrigin('HTTPS://Short.test.:443/x?y')).toBe('https://short.test')
  expect(plainOrigin('http://short.test.:443')).toBe('http://short.test:443')
  expect(plainOrigin('http://[::ffff:1.2.3.4]:99')).toBe('http://1.2.3.4:99')
  for (const none of ['null', '', 'short.test', 'ftp://short.test', 'https://a..b'])
    expect(plainOrigin(none)).toBeNull()
})

test('a spelling is its own spelling, and what the shortcut says is what the URL parser says', () => {
  const part = fc.stringMatching(/^[A-Za-z0-9_-]{1,8}$/)
  const name = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'))
  fc.assert(
    fc.property(name, fc.constantFrom('', '.', ':80', '.:443', ':8080'), (written, end) => {
      const plain = plainHost(written + end)
      const parsed = URL.parse(`http://${written}/`)?.hostname ?? null
      expect(plain).toBe(parsed && parsed + (end === ':8080' ? end : ''))
      if (plain !== null) expect(plainHost(plain)).toBe(plain)
    }),
    { numRuns: 2000 },
  )
})
