import { expect, test } from 'bun:test'
import { charge, covers, excess, limitHeaders } from '../../src/api/rate-limits'
import { type Limit, seededPlans } from '../../src/core'
import { buckets } from '../../src/core/limits/bucket'
import { limits } from '../../src/core/limits/limits'

const caller = (address: string) => ({ address, account: null, key: null })
const byAddress = { id: 'a', on: '/a', max: 1, per: 1000, by: 'address' } as const satisfies Limit
const byPlan = { id: 'p', on: '/a', max: null, per: 1000, by: 'plan' } as const satisfies Limit

const setUp = () => ({ buckets: buckets({ monotonic: () => 0 }), limits: limits() })
const request = { method: 'GET', path: '/a', plan: null }

test.each([
  ['/api/stats/*', 'GET', '/api/stats/abc', true],
  ['/api/stats/*', 'GET', '/api/statsabc', false],
  ['/api/v1/urls*', 'DELETE', '/api/v1/urls/abc', true],
  ['POST /api/v1/shorten', 'POST', '/api/v1/shorten', true],
  ['POST /api/v1/shorten', 'GET', '/api/v1/shorten', false],
  ['/api/shorten', 'POST', '/api/shorten', true],
  ['/api/shorten', 'POST', '/api/shorten/more', false],
  ['POST /api/shorten', 'POST', '/api/shorten/', true],
  ['/api/shorten', 'POST', '/api/shorten//', false],
])('%s covers %s %s: %p', (on, method, path, expected) => {
  expect(covers({ on }, { method, path })).toBe(expected)
})

test('an IPv6 household has one bucket', () => {
  const all = setUp()
  const ask = (address: string) =>
    excess(charge(all, [byAddress], { ...request, caller: caller(address) }))
  expect(ask('2001:db8::1')).toBeNull()
  expect(ask('2001:db8::ffff')?.kind).toBe('rate_limited')
  expect(ask('2001:db8:0:1::1')).toBeNull()
  expect(ask('203.0.113.1')).toBeNull()
})

test('the wait is told in whole seconds, at least one, and headers show the tightest window', () => {
  const levels = [
    { max: 30, remaining: 12, resetMs: 36_000, wait: 0 },
    { max: 500, remaining: 1, resetMs: 80_000_000, wait: 0 },
  ]
  expect(limitHeaders(levels)).toEqual({
    'RateLimit-Limit': '500',
    'RateLimit-Remaining': '1',
    'RateLimit-Reset': '80000',
  })
  expect(excess([{ max: 1, remaining: 0, resetMs: 5, wait: 5 }])?.detail.seconds).toBe(1)
  expect(excess([{ max: 1, remaining: 0, resetMs: 5, wait: 1001 }])?.detail.seconds).toBe(2)
})

test('a plan says how much its accounts may ask, and none at all when it has no number', () => {
  const all = setUp()
  const ask = (requestsPerHour: number | null) =>
    charge(all, [byPlan], {
      ...request,
      caller: caller('203.0.113.1'),
      plan: { ...seededPlans[0], requestsPerHour },
    })
  expect(ask(2)[0]).toMatchObject({ max: 2, remaining: 1 })
  expect(ask(null)).toEqual([])
})

test('an administrator’s override takes the place of what is declared', () => {
  const all = setUp()
  const ask = () => charge(all, [byAddress], { ...request, caller: caller('203.0.113.1') })
  all.limits.override({ a: { max: 5, per: 2000 } })
  expect(ask()[0]).toMatchObject({ max: 5, remaining: 4 })
  all.limits.override({ a: { max: null, per: 2000 } })
  expect(ask()).toEqual([])
})
