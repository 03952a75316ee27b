import type { Clock, Core, Outgoing, Webhook } from '../core'
import type { Outcome } from '../net'
import { createFlights } from './flights'
import { createRounds } from './rounds'
import { createTurns } from './turns'

/** How often the time is looked at while messages are under way, in ms. */
const tick = 500

type Needs = {
  core: Pick<Core, 'webhooks' | 'deliveries' | 'suspensions'>
  clock: Clock
  send: (webhook: Webhook, message: Outgoing) => Promise<Outcome>
  stop: AbortSignal
  failed: (error: unknown) => void
}

/**
 * Makes `deliver`, which sends what waits: at most one message under way for a webhook, accounts by turns,
 * and never so many to slow hosts that the others find no place.
 */
export const createDispatch = ({ core, clock, send, stop, failed }: Needs) => {
  const { webhooks, deliveries, suspensions } = core
  const bell = createBell()
  const turns = createTurns()
  const flights = createFlights({ deliveries, clock, send, stop, failed })
  const rounds = createRounds({ core, clock, flights, turns, stop, landed: bell.ring })
  /** whether webhooks may have changed, so that all that wait are looked up */
  let stale = true

  const note = (webhookId: number) => {
    const webhook = webhooks.sendable(webhookId)
    if (webhook !== null) turns.note(webhook, flights.laneOf(webhook))
    bell.ring()
  }
  const refresh = () => {
    stale = true
    bell.ring()
  }
  deliveries.onQueued(note)
  webhooks.onChanged(refresh)
  suspensions.onChanged(refresh)

  async function look() {
    if (stale) {
      stale = false
      for (const id of await deliveries.waitingFor()) note(id)
    }
    await rounds.go()
  }

  /** Sends what is due, and what becomes due meanwhile, until nothing is under way. */
  return async (): Promise<void> => {
    for (;;) {
      const rung = bell.next()
      if (!stop.aborted) await look()
      if (flights.none() && bell.next() === rung) return // a message may have come back since the look
      const timer = setTimeout(bell.ring, tick)
      await rung
      clearTimeout(timer)
    }
  }
}

/** Rung by whoever changed something; who waits for it asks for `next` before looking, and so misses nothing. */
const createBell = () => {
  let bell = Promise.withResolvers<void>()
  return {
    next: (): Promise<void> => bell.promise,
    ring: (): void => {
      bell.resolve()
      bell = Promise.withResolvers()
    },
  }
}
