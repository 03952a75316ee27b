import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { bounds } from '../../src/bounds'
import { Fault } from '../../src/core'
import { parseDestination } from '../../src/core/links/destination'

const kindOf = (value: unknown) => {
  try {
    parseDestination(value)
    return 'fine'
  } catch (error) {
    if (error instanceof Fault) return error.kind
    throw error
  }
}

test('a destination is kept exactly as sent, and its Location is ASCII', () => {
  expect(parseDestination('https://Bücher.example/ä?q=ö#ü')).toEqual({
    text: 'https://Bücher.example/ä?q=ö#ü',
    href: 'https://xn--bcher-kva.example/%C3%A4?q=%C3%B6#%C3%BC',
    host: 'xn--bcher-kva.example',
  })
})

test('outer spaces are trimmed', () => {
  expect(parseDestination('  https://example.com/ ').text).toBe('https://example.com/')
})

test('outer line breaks are no spaces', () => {
  for (const value of ['https://example.com/\n', '\thttps://example.com/', '\n'])
    expect(kindOf(value)).toBe('url_invalid')
})

test('nothing at all is missing, not invalid', () => {
  for (const nothing of [undefined, null, '', '   ']) expect(kindOf(nothing)).toBe('url_missing')
})

test.each([
  ['a number', 5],
  ['a list', ['https://example.com']],
  ['a JavaScript address', 'javascript:alert(1)//http://x'],
  ['no scheme', 'example.com'],
  ['a scheme-relative address', '//example.com'],
  ['no host', 'https://'],
  ['an empty host', 'https:///path'],
  ['a user name', 'https://user@example.com'],
  ['an empty user name', 'https://@example.com'],
  ['a password', 'https://a:b@example.com'],
  ['a backslash', 'https://example.com\\@evil.example'],
  ['a tab', 'https://exa\tmple.com'],
  ['an inner no-break space', 'https://example.com/a\u00a0b'],
  ['an isolate character', 'https://example.com/\u2066x'],
  ['half a surrogate pair', 'https://example.com/\ud800'],
  ['a delete character', 'https://example.com/\u007f'],
  ['an impossible port', 'https://example.com:99999/'],
  ['2049 characters', `https://example.com/${'a'.repeat(bounds.destination - 19)}`],
])('%s is invalid', (_, value) => {
  expect(kindOf(value)).toBe('url_invalid')
})

test('any web address that is accepted is a parseable http address without control characters', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.webUrl(),
        fc.string({ unit: 'binary' }),
        fc.webUrl().map((url) => `${url}\u202e`),
      ),
      (value) => {
        if (kindOf(value) !== 'fine') return
        const { href } = parseDestination(value)
        expect(href).toMatch(/^https?:\/\/[\x21-\x7e]+$/)
        expect(new URL(href).href).toBe(href)
      },
    ),
    { numRuns: 2000 },
  )
})

test('128 KB of anything is refused by its length alone', () => {
  for (const piece of ['http://a', 'http://@', '\u202e', 'https://example.com/'])
    expect(kindOf(piece.repeat(131_072 / piece.length))).toBe('url_invalid')
})
