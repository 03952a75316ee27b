import { expect, test } from 'bun:test'
import type { Webhook } from '../../src/core'
import { createPace, hostOf } from '../../src/webhooks/pace'
import { type Flight, hasPlace, places } from '../../src/webhooks/places'
import { createRounds } from '../../src/webhooks/rounds'
import { createTurns } from '../../src/webhooks/turns'

const flights = (count: number, flight: (number: number) => Partial<Flight>): Flight[] =>
  Array.from({ length: count }, (_, number) => ({
    accountId: number,
    host: `host${number}`,
    lane: 'quick',
    startedAt: 0,
    ...flight(number),
  }))

const wish = (more: Partial<Flight> = {}) => ({
  accountId: 999,
  host: 'another',
  lane: 'quick' as const,
  ...more,
})

test.each<[string, Flight[], Partial<Flight>, boolean]>([
  ['nothing under way', [], {}, true],
  ['all but one place taken', flights(places.all - 1, () => ({})), {}, true],
  ['all places taken', flights(places.all, () => ({})), {}, false],
  ['an account’s places taken', flights(places.account, () => ({ accountId: 999 })), {}, false],
  [
    'half of all taken by slow ones',
    flights(places.slow, () => ({ lane: 'slow' })),
    { lane: 'slow' },
    false,
  ],
  ['the same for a quick one', flights(places.slow, () => ({ lane: 'slow' })), {}, true],
  [
    'the same for an unknown one',
    flights(places.slow, () => ({ lane: 'slow' })),
    { lane: 'unknown' },
    true,
  ],
  [
    'an account’s slow places taken',
    flights(places.slowOfAccount, () => ({ lane: 'slow', accountId: 999 })),
    { lane: 'slow' },
    false,
  ],
  [
    'the same for its quick one',
    flights(places.slowOfAccount, () => ({ lane: 'slow', accountId: 999 })),
    {},
    true,
  ],
  [
    'a slow host’s places taken',
    flights(places.slowHost, () => ({ lane: 'slow', host: 'another' })),
    { lane: 'slow' },
    false,
  ],
  [
    'the unknown ones’ places taken',
    flights(places.unknown, () => ({ lane: 'unknown' })),
    { lane: 'unknown' },
    false,
  ],
])('%s', (_, underWay, more, expected) => {
  expect(hasPlace(wish(more), underWay, 0)).toBe(expected)
})

test('quick ones find places whatever slow and unknown ones do', () => {
  const others = [
    ...flights(places.slow + 5, () => ({ lane: 'unknown', startedAt: -2000 })),
    ...flights(places.unknown - 5, () => ({ lane: 'unknown' })),
  ]
  expect(hasPlace(wish({ lane: 'unknown' }), others, 0)).toBe(false)
  expect(hasPlace(wish({ lane: 'slow' }), others, 0)).toBe(false)
  expect(hasPlace(wish(), others, 0)).toBe(true)
})

test('whatever is under way for longer than a second counts as slow', () => {
  const late = flights(places.slow, () => ({ lane: 'quick' }))
  expect(hasPlace(wish({ lane: 'slow' }), late, 1000)).toBe(true)
  expect(hasPlace(wish({ lane: 'slow' }), late, 1001)).toBe(false)
  const unknown = flights(places.unknown, () => ({ lane: 'unknown' }))
  expect(hasPlace(wish({ lane: 'unknown' }), unknown, 1001)).toBe(true)
})

const hook = (id: number, accountId: number, url: string) => ({ id, accountId, url }) as Webhook

test('a webhook is judged by itself, then by its host and its account', () => {
  const { note, laneOf } = createPace()
  const slow = hook(1, 1, 'https://a.slow.example/x')
  expect(laneOf(slow)).toBe('unknown')
  note(slow, 9000)
  expect(laneOf(slow)).toBe('slow')
  expect(laneOf(hook(2, 2, 'https://b.slow.example/y'))).toBe('slow') // whoever sends there
  expect(laneOf(hook(3, 1, 'https://elsewhere.example/'))).toBe('slow') // whatever they send to
  expect(laneOf(hook(4, 2, 'https://elsewhere.example/'))).toBe('unknown')
  note(hook(2, 2, 'https://b.slow.example/y'), 100)
  expect(laneOf(hook(2, 2, 'https://b.slow.example/y'))).toBe('quick')
  for (let better = 0; better < 4; better++) note(slow, 100)
  expect(laneOf(slow)).toBe('quick')
})

test.each([
  ['https://hooks.a.example.com/x', 'example.com:https:'],
  ['https://b.example.com:8443/', 'example.com:8443'],
  ['https://one.github.io/', 'one.github.io:https:'],
  ['http://127.0.0.1:9000/', '127.0.0.1:9000'],
  ['http://[::1]:9000/', '[::1]:9000'],
  ['http://localhost/', 'localhost:http:'],
])('%s is answered by %s', (url, host) => expect(hostOf(url)).toBe(host))

test('accounts go in a circle, and so do the webhooks of each', () => {
  const turns = createTurns()
  for (const [id, accountId] of [
    [1, 1],
    [2, 1],
    [3, 2],
  ] as const)
    turns.note({ id, accountId }, 'slow')
  const order = () =>
    turns.next('slow', 9).map(([id, own]) => [id, own.map(({ webhookId }) => webhookId)])
  expect(order()).toEqual([
    [1, [1, 2]],
    [2, [3]],
  ])
  const [first] = turns.next('slow', 1)[0]?.[1] ?? []
  if (first === undefined) throw new Error('nobody waits')
  turns.away(first)
  turns.pass('slow', 1)
  turns.queue(first, 'slow')
  expect(order()).toEqual([
    [2, [3]],
    [1, [2, 1]],
  ])
  expect(turns.next('slow', 1).map(([id]) => id)).toEqual([2])
})

test('a message that comes while its queue is being looked at is not overlooked', async () => {
  const webhook = hook(1, 1, 'https://a.example/')
  const turns = createTurns()
  let messages = 0
  const flown: number[] = []
  const asked: (null | { delivery: object })[] = []
  const rounds = createRounds({
    core: {
      webhooks: { sendable: () => webhook },
      deliveries: {
        next: async () => {
          const next = messages > 0 ? { delivery: {} } : null
          if (asked.length === 0) {
            messages++ // comes right after the look
            turns.note(webhook, 'quick')
          }
          asked.push(next)
          return next
        },
      },
    } as never,
    clock: { now: () => 0, monotonic: () => 0 },
    flights: {
      laneOf: () => 'quick',
      hasPlace: () => true,
      full: () => false,
      fly: async () => {
        flown.push(messages--)
        return { restMs: 0, retry: null }
      },
      land: () => {},
    } as never,
    turns,
    stop: new AbortController().signal,
    landed: () => {},
  })
  turns.note(webhook, 'quick')
  await rounds.go()
  await rounds.go()
  expect(flown).toEqual([1])
})
