import type { NewDelivery, Store, Webhook, WebhookDelivery } from '../../store'
import { day, minute } from '../../time'
import type { Clock } from '../clock'
import type { Random } from '../links/code'
import { createListeners } from '../listeners'
import type { Sealer } from '../secret'

/** How long to wait after each failed attempt, in seconds; after the last one a delivery is given up. */
const retrySeconds = [5, 30, 120, 600, 3600, 6 * 3600, 24 * 3600] as const

/** How long deliveries stay in the log or, for a webhook that is sent nothing, in the queue; in ms. */
const remembered = 30 * day

/** How long one failed attempt may hold up the other messages for a webhook, in ms. */
const longestStall = minute

/** Messages that may wait for one webhook; the oldest beyond are forgotten. */
const mostWaiting = 10_000

/** Messages after which a webhook's queue is measured. */
const measuredAfter = 100

/** Batches of clicks that may wait for one webhook, and how long one may grow by joining, in characters. */
const mostClickBatches = 500
const longestJoined = 32 * 1024

/** Deliveries that are forgotten in one commit: redirects go between. */
const forgottenAtOnce = 200

type Needs = { store: Store; clock: Clock; random: Random; sealer: Sealer }

export type Deliveries = ReturnType<typeof deliveries>

/** A message whose turn it is, with what it is signed with; null when another instance sealed that. */
export type Outgoing = { delivery: WebhookDelivery; secret: string | null }

/** What is to be done for a webhook now: a message, nothing before a moment, or nothing at all. */
export type NextUp = Outgoing | { notBefore: number } | null

/** What an attempt means for the webhook: how long it rests, in ms, and the message that is then tried again. */
export type Aftermath = { restMs: number; retry: string | null }

/** Messages to webhooks: put in a queue, tried until they arrive or are given up, forgotten. */
export const deliveries = ({ store, clock, random, sealer }: Needs) => {
  const queued = createListeners<number>()
  /** messages that are being sent: nothing joins or drops them */
  const underWay = new Set<string>()
  const unmeasured = new Map<number, number>()

  const newDelivery = ({ id }: Webhook, event: string, data: unknown): NewDelivery => {
    const now = new Date(clock.now())
    const payload = JSON.stringify({ type: event, timestamp: now.toISOString(), data })
    return {
      id: `msg_${Buffer.from(random(12)).toString('hex')}`,
      webhookId: id,
      event,
      payload,
      nextAt: now,
      createdAt: now,
    }
  }

  async function announce(webhookId: number) {
    queued.tell(webhookId)
    const since = (unmeasured.get(webhookId) ?? 0) + 1
    unmeasured.set(webhookId, since % measuredAfter)
    if (since === measuredAfter) await store.deliveries.trim(webhookId, mostWaiting)
  }

  return {
    /** Calls back with the id of each webhook that got a message to wait for its turn. */
    onQueued: queued.add,

    /** Puts one message for each of these webhooks in the queue. */
    async enqueue(webhooks: readonly Webhook[], event: string, data: unknown): Promise<void> {
      await store.deliveries.enqueue(webhooks.map((webhook) => newDelivery(webhook, event, data)))
      for (const { id } of webhooks) await announce(id)
    },

    /**
     * Puts clicks in the queue of each of these webhooks, into the batch that is last in it where that was
     * never tried. Of too many batches the oldest is dropped, and its clicks are counted.
     */
    async enqueueClicks(webhooks: readonly Webhook[], clicks: readonly object[]) {
      const kept = (id: string) => underWay.has(id)
      const join = ({ id, payload, attempts }: WebhookDelivery) =>
        attempts === 0 && !underWay.has(id) ? joined(payload, clicks) : null
      async function put(webhook: Webhook) {
        const row = newDelivery(webhook, 'click', { clicks })
        await store.deliveries.enqueueClicks(row, join, { most: mostClickBatches, kept })
        await announce(webhook.id)
      }
      await Promise.all(webhooks.map(put)) // in one commit
    },

    /** The webhooks that messages wait for. */
    waitingFor: () => store.deliveries.waitingFor(),

    /** What is to be done for a webhook: `retry` goes before all others. What it gives counts as under way. */
    async next(webhook: Webhook, retry: string | null): Promise<NextUp> {
      const again = retry === null ? null : await store.deliveries.waiting(retry)
      const delivery = again ?? (await store.deliveries.next(webhook.id))
      if (delivery === null) return null
      const notBefore = delivery.nextAt.getTime()
      if (notBefore > clock.now()) return { notBefore }
      underWay.add(delivery.id)
      return { delivery, secret: sealer.unseal(webhook.sealedSecret) }
    },

    /** Takes back a message that was not sent: it waits as before. */
    takeBack: ({ id }: WebhookDelivery): void => {
      underWay.delete(id)
    },

    /** Notes what came of an attempt: done, to be tried again later, or given up. */
    async settle(
      { id, attempts }: WebhookDelivery,
      answer: { status: number | null; problem: string | null },
    ): Promise<Aftermath> {
      const pause = retrySeconds[attempts]
      const waitMs = (pause ?? 0) * 1000
      const now = clock.now()
      const state =
        answer.problem === null ? 'delivered' : pause === undefined ? 'failed' : 'waiting'
      await store.deliveries.settle({
        id,
        attempts: attempts + 1,
        state,
        ...answer,
        nextAt: new Date(now + waitMs),
        endedAt: state === 'waiting' ? null : new Date(now),
      })
      underWay.delete(id)
      if (state !== 'waiting') return { restMs: 0, retry: null }
      // a short wait keeps the order; during a long one the others go past
      return { restMs: Math.min(waitMs, longestStall), retry: waitMs <= longestStall ? id : null }
    },

    /** Forgets old deliveries, and the oldest of those that wait in too large a number. */
    async forget(): Promise<void> {
      for (const id of await store.deliveries.waitingFor())
        await store.deliveries.trim(id, mostWaiting)
      const before = new Date(clock.now() - remembered)
      while ((await store.deliveries.forget(before, forgottenAtOnce)) === forgottenAtOnce);
    },
  }
}

const end = ']}}'

/** A message of clicks with more of them behind its own; null when it would be too long. */
const joined = (payload: string, clicks: readonly object[]): string | null => {
  const more = JSON.stringify(clicks).slice(1, -1)
  const fits = payload.endsWith(end) && payload.length + more.length < longestJoined
  return fits ? `${payload.slice(0, -end.length)},${more}${end}` : null
}
