import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { judgeEntry, namesOf, readEntry, readLine } from '../../src/core/blocklist/entries'
import { collectHashes } from '../../src/core/blocklist/hash-set'

test.each([
  ['0.0.0.0 evil.example', ['evil.example']],
  ['127.0.0.1\tevil.example www.evil.example # both', ['evil.example', 'www.evil.example']],
  [':: evil.example', ['evil.example']],
  ['127.0.0.1 localhost', []],
  ['::1 ip6-localhost ip6-loopback', []],
  ['255.255.255.255 broadcasthost', []],
  ['0.0.0.0 0.0.0.0', []],
  ['evil.example', ['evil.example']],
  ['  EVIL.Example.  ', ['evil.example']],
  ['*.evil.example', ['evil.example']],
  ['.evil.example', ['evil.example']],
  ['||evil.example^', ['evil.example']],
  ['||evil.example^$third-party', ['evil.example']],
  ['bücher.example', ['xn--bcher-kva.example']],
  ['https://Evil.example/a?b=C#d', ['evil.example/a?b=C']],
  ['http://evil.example', ['evil.example/']],
  ['evil.example/path', ['evil.example/path']],
  ['evil.example:8080', ['evil.example:8080']],
  ['http://evil.example:80/x', ['evil.example/x']],
  ['http://[2001:DB8::1]/x', ['[2001:db8::1]/x']],
  ['203.0.113.9', ['203.0.113.9']],
  ['# evil.example', []],
  ['; evil.example', []],
  ['! evil.example', []],
  ['[Adblock Plus 2.0]', []],
  ['example.com##.advert', []],
  ['@@||fine.example^', []],
  ['this is a sentence', []],
  ['javascript:alert(1)', []],
  ['ftp://evil.example/x', []],
  ['user@evil.example', []],
  ['', []],
  ['x'.repeat(5000), []],
])('the line %j lists %j', (line, names) => {
  expect(readLine(line)).toEqual(names)
})

test('a URL may be listed as a page, a site, a host and all that it is a part of', () => {
  expect(namesOf('https://a.b.evil.co.uk:8443/x?y#z')).toEqual([
    'a.b.evil.co.uk:8443/x',
    'a.b.evil.co.uk:8443/x?y=',
    'a.b.evil.co.uk:8443',
    'a.b.evil.co.uk',
    'b.evil.co.uk',
    'evil.co.uk',
    'co.uk',
    'uk',
  ])
  expect(namesOf('http://203.0.113.9/')).toEqual(['203.0.113.9/', '203.0.113.9', '203.0.113.9'])
  expect(namesOf('http://printer/')).toEqual(['printer/', 'printer', 'printer'])
  expect(namesOf('nonsense')).toEqual([])
})

/** Whether an entry lists a URL. */
const lists = (entry: string, url: string) => namesOf(url).includes(readEntry(entry) ?? '')

test.each([
  ['zip', 'https://phish.zip/'],
  ['*.top', 'https://a.b.top/x'],
  ['.co.uk', 'http://evil.co.uk'],
  ['*.github.io', 'https://evil.github.io:8443/x'],
  ['evil.example', 'https://u:p@Sub.EVIL.example.:8080/'],
  ['evil.example:443', 'https://evil.example/'],
  ['evil.example:8080', 'http://evil.example.:8080/x'],
  ['0x7f.1', 'http://127.0.0.1:3000/'],
  ['127.0.0.1', 'http://[::ffff:7f00:1]/'],
  ['2001:DB8::1', 'https://[2001:db8:0:0:0:0:0:1]/'],
  ['bücher.example', 'https://xn--bcher-kva.example'],
])('the entry %s lists %s', (entry, url) => {
  expect(lists(entry, url)).toBe(true)
})

test.each(['?y', '?', '/', '//', '#x', '?bad=1&bad=2#x'])(
  'a listed page is not left by %s behind it',
  (more) => {
    expect(lists('https://fine.example/a/bad', `https://fine.example/a/bad${more}`)).toBe(true)
  },
)

test.each([
  'http://fine.example/a/bad',
  'https://FINE.example/a/bad',
  'https://fine.example./a/bad',
  'https://fine.example:443/a/bad',
  'https://somebody:secret@fine.example/a/bad',
  'https://fine.example/%61/b%61d',
  'https://fine.example/a%2Fbad',
  'https://fine.example//a//bad',
  'https://fine.example/a/./x/../bad',
  'https://fine.example/a/x%2F..%2fbad',
])('a listed page is the one at %s', (url) => {
  expect(lists('https://fine.example/a/bad', url)).toBe(true)
  expect(lists(url, 'https://fine.example/a/bad')).toBe(true)
})

test('a listed page is no other page, and one with a parameter only the page with that', () => {
  for (const other of ['', 'a', 'a/bad/more', 'a/Bad', 'a/bad2', '%2561/bad', 'a/b%C3%A4d'])
    expect(lists('https://fine.example/a/bad', `https://fine.example/${other}`)).toBe(false)
  expect(lists('https://fine.example/a/bad', 'https://fine.example:8443/a/bad')).toBe(false)
  const video = 'https://www.video.example/watch?t=1&v=b%61d-one'
  for (const [query, is] of [
    ['v=bad-one', true],
    ['x=1&v=bad-one&t=9', true],
    ['v=b%61d%2Done', true],
    ['v=fine', false],
    ['v=bad-one2', false],
    ['t=1', false],
    ['', false],
  ] as const)
    expect([query, lists(video, `https://www.video.example/watch/?${query}`)]).toEqual([query, is])
})

test.each([
  ['', 'is no host, domain or address'],
  ['not a host', 'is no host, domain or address'],
  ['*.', 'is no host, domain or address'],
  ['ftp://evil.example/', 'is no http or https address'],
  ['a..b', 'names a host that cannot be'],
  ['https://a..b/x', 'names a host that cannot be'],
  [`${'x'.repeat(64)}.example`, 'names a host that cannot be'],
  ['evil.example:99999', 'names a host that cannot be'],
  ['user@evil.example', 'names a host that cannot be'],
  ['*', 'has a * that is not in front of a whole domain'],
  ['evil.*', 'has a * that is not in front of a whole domain'],
  ['ev*l.example', 'has a * that is not in front of a whole domain'],
  ['https://*.evil.example/x', 'has a * that is not in front of a whole domain'],
])('the entry %j %s', (entry, flaw) => {
  expect(judgeEntry(entry)).toEqual({ flaw })
  expect(readLine(entry)).toEqual([])
})

test('whatever stands in a list, reading it never throws and an entry finds itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (line) => {
      for (const name of readLine(line)) expect(typeof name).toBe('string')
      readEntry(line)
    }),
  )
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true }), (url) => {
      const name = readEntry(url)
      if (name !== null) expect(namesOf(url)).toContain(name)
    }),
  )
  fc.assert(
    fc.property(fc.domain(), (domain) => {
      expect(namesOf(`https://${domain}/x`)).toContain(readEntry(domain) ?? '')
    }),
  )
})

test('a set holds what was added, once, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string()), fc.array(fc.string()), async (added, others) => {
      const texts = collectHashes()
      for (const text of added) texts.add(text)
      const set = await texts.finish()
      expect(set.size).toBe(new Set(added).size)
      for (const text of added) expect(set.has(text)).toBe(true)
      for (const text of others) expect(set.has(text)).toBe(added.includes(text))
    }),
  )
})
