import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { buckets } from '../../src/core/limits/bucket'

const setUp = () => {
  const time = { now: 0 }
  return { time, ...buckets({ monotonic: () => time.now }) }
}
const window = { name: 'a', max: 30, per: 60_000 }
const allowed = (levels: { wait: number }[]) => levels.every(({ wait }) => wait === 0)

test('a bucket starts full and refuses the request after its last token', () => {
  const { take } = setUp()
  for (let request = 0; request < 30; request++) expect(allowed(take([window]))).toBe(true)
  expect(take([window])[0]).toMatchObject({ max: 30, remaining: 0, wait: 2000 })
})

test('it refills continuously', () => {
  const { take, time } = setUp()
  for (let request = 0; request < 30; request++) take([window])
  time.now = 1999
  expect(allowed(take([window]))).toBe(false)
  time.now = 2000
  expect(allowed(take([window]))).toBe(true)
  expect(allowed(take([window]))).toBe(false)
})

test('every window must have a token, and a refused request takes none', () => {
  const { take, time } = setUp()
  const day = { name: 'day', max: 2, per: 86_400_000 }
  const minute = { name: 'minute', max: 1, per: 60_000 }
  expect(allowed(take([minute, day]))).toBe(true)
  expect(allowed(take([minute, day]))).toBe(false)
  time.now = 60_000
  expect(allowed(take([minute, day]))).toBe(true)
  time.now = 120_000
  expect(take([minute, day])[0]?.remaining).toBe(1)
})

test('never more than max + elapsed × rate requests are allowed', () => {
  const pauses = fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 200 })
  fc.assert(
    fc.property(pauses, fc.integer({ min: 1, max: 20 }), (waits, max) => {
      const { take, time } = setUp()
      let granted = 0
      for (const wait of waits) {
        time.now += wait
        if (allowed(take([{ name: 'a', max, per: 10_000 }]))) granted++
      }
      expect(granted).toBeLessThanOrEqual(max + (time.now * max) / 10_000 + 1e-6)
    }),
  )
})
