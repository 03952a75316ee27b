import { expect, test } from 'bun:test'
import { isOver, linkStatus } from '../../src/core'

const now = 1_000_000
const plain = {
  deletedAt: null,
  enabled: true,
  startsAt: null,
  expiresAt: null,
  maxClicks: null,
  spent: 0,
  passwordHash: null,
}

test.each([
  ['open', {}],
  ['deleted', { deletedAt: new Date(1) }],
  ['disabled', { enabled: false }],
  ['expired', { expiresAt: new Date(now) }],
  ['open', { expiresAt: new Date(now + 1) }],
  ['early', { startsAt: new Date(now + 1) }],
  ['open', { startsAt: new Date(now) }],
  ['spent', { maxClicks: 3, spent: 3 }],
  ['open', { maxClicks: 3, spent: 2 }],
  ['locked', { passwordHash: 'x' }],
  ['early', { passwordHash: 'x', startsAt: new Date(now + 1) }],
  ['deleted', { deletedAt: new Date(1), passwordHash: 'x', startsAt: new Date(now + 1) }],
] as const)('is %s with %p', (expected, change) => {
  expect(linkStatus({ ...plain, ...change }, now)).toBe(expected)
})

test('early, locked and open links are not over', () => {
  expect((['early', 'locked', 'open'] as const).some(isOver)).toBe(false)
  expect((['deleted', 'disabled', 'expired', 'spent'] as const).every(isOver)).toBe(true)
})
