import type { DueDelivery, Store, Webhook } from '../store'
import type { Clock } from './clock'
import type { Random } from './code'
import type { Sealer } from './sealer'

/** How long to wait after each failed attempt, in seconds; after the last one a delivery is given up. */
const retrySeconds = [5, 30, 120, 600, 3600, 6 * 3600, 24 * 3600] as const

/** How long deliveries stay in the log, in ms. */
const remembered = 30 * 86_400_000

/** How long one failed attempt may hold up the other messages for a webhook, in ms. */
const longestStall = 60_000

/** Messages that may wait for one webhook; the oldest beyond are forgotten. */
const mostWaiting = 10_000

type Needs = { store: Store; clock: Clock; random: Random; sealer: Sealer }

export type Deliveries = ReturnType<typeof deliveries>

/** Messages to webhooks: put in a queue, tried until they arrive or are given up, forgotten. */
export const deliveries = ({ store, clock, random, sealer }: Needs) => ({
  /** Puts one message for each of these webhooks in the queue. */
  enqueue: (webhooks: readonly Webhook[], event: string, data: unknown) => {
    const now = new Date(clock.now())
    const payload = JSON.stringify({ type: event, timestamp: now.toISOString(), data })
    return store.deliveries.enqueue(
      webhooks.map(({ id }) => ({
        ...{ id: `msg_${Buffer.from(random(12)).toString('hex')}`, webhookId: id },
        ...{ event, payload, nextAt: now, createdAt: now },
      })),
    )
  },

  /** Deliveries whose time has come, each with its secret; null when another instance sealed that. */
  due: async (limit: number): Promise<(DueDelivery & { secret: string | null })[]> =>
    (await store.deliveries.due(new Date(clock.now()), limit)).map((due) => ({
      ...due,
      secret: sealer.unseal(due.webhook.sealedSecret),
    })),

  /** Notes what came of an attempt: done, to be tried again later, or given up. */
  settle: async (
    { delivery }: DueDelivery,
    answer: { status: number | null; problem: string | null },
  ) => {
    const attempts = delivery.attempts + 1
    const pause = retrySeconds[delivery.attempts]
    const now = clock.now()
    const state = answer.problem === null ? 'delivered' : pause === undefined ? 'failed' : 'waiting'
    const waitMs = (pause ?? 0) * 1000
    const othersAt = answer.problem === null ? null : new Date(now + Math.min(waitMs, longestStall))
    await store.deliveries.settle(
      {
        ...{ id: delivery.id, attempts, state, ...answer },
        nextAt: new Date(now + waitMs),
        endedAt: state === 'waiting' ? null : new Date(now),
      },
      othersAt,
    )
  },

  /** Forgets old deliveries. */
  forget: () => store.deliveries.forget(new Date(clock.now() - remembered), mostWaiting),
})
