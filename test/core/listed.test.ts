import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { namesOf, readEntry, readLine } from '../../src/core/listed'
import { collectTexts } from '../../src/core/text-set'

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

test('a URL may be listed as a page, a site, a host and its parents, but never as a public suffix', () => {
  expect(namesOf('https://a.b.evil.co.uk:8443/x?y#z')).toEqual([
    ...['a.b.evil.co.uk:8443/x?y', 'a.b.evil.co.uk:8443', 'a.b.evil.co.uk'],
    ...['b.evil.co.uk', 'evil.co.uk'],
  ])
  expect(namesOf('http://203.0.113.9/')).toEqual(['203.0.113.9/', '203.0.113.9', '203.0.113.9'])
  expect(namesOf('http://printer/')).toEqual(['printer/', 'printer', 'printer'])
  expect(namesOf('nonsense')).toEqual([])
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
      const texts = collectTexts()
      for (const text of added) texts.add(text)
      const set = await texts.finish()
      expect(set.size).toBe(new Set(added).size)
      for (const text of added) expect(set.has(text)).toBe(true)
      for (const text of others) expect(set.has(text)).toBe(added.includes(text))
    }),
  )
})
