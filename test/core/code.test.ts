import { expect, test } from 'bun:test'
import { codes } from '../../src/core/links/code'
import { seededRandom } from '../world'

const make = (length = 6) => codes(length, seededRandom(7), ['api', 'Custom-Root'])

test('generated codes are base62 of exactly the asked length, all different', () => {
  const { next } = make()
  const drawn = Array.from({ length: 2000 }, next)
  for (const code of drawn) expect(code).toMatch(/^[A-Za-z0-9]{6}$/)
  expect(new Set(drawn).size).toBe(2000)
  expect(make(3).next()).toHaveLength(3)
})

test('reserved words are reserved in any case of letters, the route table’s included', () => {
  const { isReserved } = make()
  for (const word of ['api', 'API', 'Admin', 'health', 'custom-root', 'Yourls-Api.php'])
    expect(isReserved(word)).toBe(true)
  expect(isReserved('launch')).toBe(false)
})

test('generated codes are never reserved or profane', () => {
  const { next, isProfane } = make()
  expect(isProfane('xxfuckxx')).toBe(true)
  for (let draw = 0; draw < 2000; draw++) expect(isProfane(next())).toBe(false)
})
