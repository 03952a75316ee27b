import { expect, test } from 'bun:test'
import { Fault } from '../../src/core'
import type { PasswordLine } from '../../src/core/accounts/password-lines'
import { createPasswords } from '../../src/core/accounts/passwords'

/** Passwords over a hash that ends when the test says so, on a clock that it sets. */
const start = () => {
  const time = { now: 0 }
  const started: string[] = []
  const ends: (() => void)[] = []
  const hash = (password: string) => {
    started.push(password)
    return new Promise<string>((resolve) => ends.push(() => resolve(`hash of ${password}`)))
  }
  const hashing = { hash, verify: async () => true } as never
  const passwords = createPasswords({ monotonic: () => time.now }, hashing)
  const refused: string[] = []
  const ask = (line: PasswordLine, password: string) =>
    passwords.hash(line, password).catch((error) => {
      if (!(error instanceof Fault)) throw error
      refused.push(password)
      expect(error.kind).toBe('passwords_busy')
      expect(error.detail.seconds).toBeGreaterThanOrEqual(1)
      return null
    })
  return {
    started,
    refused,
    time,
    ask,
    /** Ends the oldest hash under way, after so many ms. */
    end: async (ms = 0) => {
      time.now += ms
      ends.shift()?.()
      await new Promise((resolve) => setImmediate(resolve))
    },
    underWay: () => ends.length,
  }
}

const many = (count: number, ask: (n: number) => unknown) => {
  for (let n = 0; n < count; n++) void ask(n)
}

test('four are hashed at once and no more, whoever asks, and each gets its own hash', async () => {
  const { ask, end, underWay } = start()
  const lines = ['signIn', 'unlock', 'newLink'] as const
  const asked = Array.from({ length: 30 }, (_, n) => ask(lines[n % 3] ?? 'signIn', `${n}`))
  for (let n = 0; n < 30; n++) {
    expect(underWay()).toBe(Math.min(4, 30 - n))
    await end()
  }
  expect(await Promise.all(asked)).toEqual(asked.map((_, n) => `hash of ${n}`))
})

test('whoever signs in goes before all that wait elsewhere, and no line starves', async () => {
  const { ask, end, started } = start()
  many(20, (n) => ask('newLink', `new${n}`))
  many(20, (n) => ask('unlock', `unlock${n}`))
  many(20, (n) => ask('signIn', `in${n}`))
  for (let n = 0; n < 8; n++) await end()
  expect(started.slice(4)).toEqual([
    'in0',
    'unlock0',
    'in1',
    'new4',
    'in2',
    'unlock1',
    'in3',
    'new5',
  ])
})

test('lines are bounded, each by itself', async () => {
  const { ask, refused, started, underWay } = start()
  many(4000, (n) => ask('newLink', `new${n}`))
  await Promise.resolve()
  expect([underWay(), started.length]).toEqual([4, 4])
  expect(refused.length).toBeGreaterThan(4000 - 40)
  const before = refused.length
  many(10, (n) => ask('signIn', `in${n}`))
  await Promise.resolve()
  expect(refused).toHaveLength(before)
})

test('whoever would wait longer than a second is refused at once', async () => {
  const { ask, end, refused } = start()
  many(4, (n) => ask('newLink', `first${n}`))
  for (let n = 0; n < 40; n++) {
    void ask('newLink', `slow${n}`)
    await end(200) // each takes 800 ms, four at once are five a second
  }
  const before = refused.length
  many(20, (n) => ask('newLink', `late${n}`))
  await Promise.resolve()
  expect(refused.slice(before)).toHaveLength(15)
  expect(refused.at(-1)).toBe('late19')
})

test('whoever has waited longer than a second nevertheless is not hashed any more', async () => {
  const { ask, end, refused, started } = start()
  many(8, (n) => ask('unlock', `${n}`))
  await end(1001)
  expect(refused).toEqual(['4', '5', '6', '7'])
  void ask('unlock', 'again')
  await end()
  expect(started).toEqual(['0', '1', '2', '3', 'again'])
})

test('a hash that fails gives its place to the next one', async () => {
  let fails = 0
  const hash = () => Promise.reject(new Error(`no memory ${++fails}`))
  const passwords = createPasswords({ monotonic: () => 0 }, { hash, verify: hash } as never)
  const outcomes = await Promise.allSettled(
    Array.from({ length: 12 }, () => passwords.hash('signIn', 'x')),
  )
  expect(outcomes.map(({ status }) => status)).toEqual(Array(12).fill('rejected'))
  expect(fails).toBe(12)
})
