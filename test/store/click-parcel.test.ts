import { expect, test } from 'bun:test'
import fc from 'fast-check'
import type { NewClick } from '../../src/store'
import { pack, unpack } from '../../src/store/clicks/codec'

const text = fc.string({ unit: 'grapheme', maxLength: 20 })
const click: fc.Arbitrary<NewClick> = fc.record({
  linkId: fc.nat(),
  at: fc.maxSafeInteger(),
  redirectUs: fc.nat(),
  country: text,
  browser: text,
  os: text,
  device: text,
  language: text,
  bot: fc.option(text),
  referrer: fc.record({ origin: text, domain: text }),
  visitor: fc.option(
    fc.uint8Array({ minLength: 8, maxLength: 8 }).map((hash) => Buffer.from(hash)),
  ),
})

test('a batch is the same on the other side', () => {
  fc.assert(
    fc.property(fc.array(click), (batch) => {
      expect(unpack(pack(batch))).toEqual(batch)
    }),
  )
})
