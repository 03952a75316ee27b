import { expect, test } from 'bun:test'
import { createHealth } from '../../src/http'

test('is ill once writes were refused for ten seconds, and well with the first that is taken', async () => {
  let now = 0
  let refusing = false
  let probes = 0
  const health = createHealth(
    { monotonic: () => now },
    () => refusing,
    async () => {
      probes++
    },
  )
  await health.observe()
  expect({ healthy: health.healthy(), probes }).toEqual({ healthy: true, probes: 0 })
  refusing = true
  await health.observe()
  now = 9_999
  await health.observe()
  expect({ healthy: health.healthy(), probes }).toEqual({ healthy: true, probes: 2 })
  now = 10_000
  expect(health.healthy()).toBe(false)
  refusing = false
  await health.observe()
  expect(health.healthy()).toBe(true)
})
