import type { Clock, Core, Outgoing, Webhook } from '../core'
import type { Outcome } from '../net'
import { createPace, hostOf, type Lane, quickWithin } from './pace'
import { type Flight, hasPlace, isLate, places } from './places'

/** How long a webhook rests after a message that was sent and could not be settled, in ms. */
const afterTrouble = 5_000

/** What a message that is back means: how long its webhook rests, in ms, and what is then tried again. */
export type Landing = { restMs: number; retry: string | null }

type Needs = {
  deliveries: Core['deliveries']
  clock: Clock
  send: (webhook: Webhook, message: Outgoing) => Promise<Outcome>
  stop: AbortSignal
  failed: (error: unknown) => void
}

export type Flights = ReturnType<typeof createFlights>

/** Messages under way, and how long webhooks take to answer. */
export const createFlights = ({ deliveries, clock, send, stop, failed }: Needs) => {
  const pace = createPace()
  const flights = new Map<number, Flight>()

  /** Settles what came of a message; a slow answer lets its webhook rest for as long as it took. */
  async function attempt(webhook: Webhook, message: Outgoing): Promise<Landing> {
    const startedAt = clock.monotonic()
    const answer = await send(webhook, message)
    if (stop.aborted) {
      deliveries.takeBack(message.delivery) // again after the next start
      return { restMs: 0, retry: null }
    }
    const took = clock.monotonic() - startedAt
    pace.note(webhook, took)
    const { restMs, retry } = await deliveries.settle(message.delivery, answer)
    return { restMs: Math.max(restMs, took > quickWithin ? took : 0), retry }
  }

  /** What is expected of a webhook by now: of a new one also by what its host and account keep us waiting for. */
  const laneOf = (webhook: Webhook): Lane => {
    const lane = pace.laneOf(webhook)
    if (lane !== 'unknown') return lane
    const host = hostOf(webhook.url)
    const now = clock.monotonic()
    const late = [...flights.values()].some(
      (one) => (one.host === host || one.accountId === webhook.accountId) && isLate(one, now),
    )
    return late ? 'slow' : 'unknown'
  }

  return {
    laneOf,

    /** Whether nothing is under way, and whether nothing more may be. */
    none: () => flights.size === 0,
    full: () => flights.size >= places.all,

    /** Whether one more message may go, to this webhook. */
    hasPlace: (webhook: Webhook): boolean =>
      hasPlace(
        { accountId: webhook.accountId, host: hostOf(webhook.url), lane: laneOf(webhook) },
        flights.values(),
        clock.monotonic(),
      ),

    /** Sends a message and answers once it is back; never fails. It counts as under way until `land` is called. */
    async fly(webhook: Webhook, message: Outgoing): Promise<Landing> {
      flights.set(webhook.id, {
        accountId: webhook.accountId,
        host: hostOf(webhook.url),
        lane: laneOf(webhook),
        startedAt: clock.monotonic(),
      })
      try {
        return await attempt(webhook, message)
      } catch (error) {
        deliveries.takeBack(message.delivery)
        failed(error)
        return { restMs: afterTrouble, retry: message.delivery.id }
      }
    },

    /** Ends a flight: at the moment at which its webhook waits again, so that it is never in neither place. */
    land: ({ id }: Webhook): void => {
      flights.delete(id)
    },
  }
}
