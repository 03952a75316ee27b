import { expect, test } from 'bun:test'
import { measure } from '../../src/cli/bench'
import { createWorkload } from '../../src/cli/bench-workload'
import { runProgram, temporaryFolder } from '../program'

const main = `${import.meta.dir}/../../src/main.ts`
const end = Date.parse('2026-11-01T00:00:00Z')

test('a benchmark stores all its clicks and times every question', async () => {
  const report = await measure({ clicks: 300, links: 100 })
  expect(report).toContain('300 clicks in a year, on 100 links by Zipf’s law:')
  expect(report).toMatch(/\*\*\d+ clicks\/s\*\* parsed and stored/)
  expect(report).toMatch(/\*\*\d+\.\d bytes\*\* each/)
  const rows = report.split('\n').filter((line) => line.startsWith('| '))
  expect(rows.length).toBeGreaterThan(20)
  for (const row of rows.slice(2, -2)) expect(row).toMatch(/^\| [^|]+( \| [\d.]+){3} \|$/)
}, 60_000)

test('its clicks are the same every time, in the order of time, and a tenth is on the hottest link', () => {
  const make = () => {
    const next = createWorkload({ clicks: 20_000, links: 100_000 }, end)
    return Array.from({ length: 20_000 }, next)
  }
  const clicks = make()
  expect(make()).toEqual(clicks)
  const ats = clicks.map(({ at }) => at)
  expect(ats).toEqual(ats.toSorted((a, b) => a - b))
  const hottest = clicks.filter(({ linkId }) => linkId === 1).length / clicks.length
  expect(hottest).toBeGreaterThan(0.08)
  expect(hottest).toBeLessThan(0.14)
})

test('sizes that are no numbers are wrong usage', async () => {
  using folder = temporaryFolder()
  for (const wrong of ['many', '-5', '1e6', '99'])
    expect(
      await runProgram(['bun', main, 'bench', 'clicks', `--clicks=${wrong}`], { cwd: folder.path }),
    ).toMatchObject({ code: 2, out: '' })
}, 30_000)
