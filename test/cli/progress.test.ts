import { expect, test } from 'bun:test'
import { startProgress } from '../../src/cli/progress'

/** Goes through 1,000 steps of 50 ms; answers all that was written. */
const shown = (isTTY: boolean, total: number | null) => {
  let now = 0
  let text = ''
  const write = (part: string) => {
    text += part
  }
  const progress = startProgress('links', total, { isTTY, write }, () => now)
  for (let done = 1; done <= 1000; done++) {
    now += 50
    progress.at(done)
  }
  progress.end('1000 links written')
  return text
}

test('a terminal shows one bar that is drawn over itself', () => {
  const text = shown(true, 1000)
  expect(text).toContain('50 % links')
  expect(text).toEndWith('\r\x1b[K1000 links written\n')
  expect(text.match(/\n/g)).toHaveLength(1)
})

test('a pipe gets a plain line now and then', () => {
  const lines = shown(false, 1000).trimEnd().split('\n')
  expect(lines.length).toBeLessThan(15)
  expect(lines[0]).toBe('links: 100 of 1000')
  expect(lines.at(-1)).toBe('1000 links written')
  expect(lines.join('')).not.toContain('\x1b')
})

test('without a total it says how many', () => {
  expect(shown(false, null)).toStartWith('links: 100\n')
  expect(shown(true, null)).toContain(' links')
})
