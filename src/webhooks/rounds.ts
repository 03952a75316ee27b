import type { Clock, Core, Outgoing, Webhook } from '../core'
import { minute } from '../time'
import type { Flights } from './flights'
import type { Lane } from './pace'
import type { Turn, Turns } from './turns'

/** Accounts of a lane looked at in one round, at most. */
const mostLookedAt = 100

/** How long a webhook whose message is not due yet is left alone at most, in ms: clocks are set, too. */
const longestSleep = minute

type Needs = {
  core: Pick<Core, 'webhooks' | 'deliveries'>
  clock: Clock
  flights: Flights
  turns: Turns
  stop: AbortSignal
  /** told when a message is back, and its webhook waits for its turn again or rests */
  landed: () => void
}

/** Rounds: each account that waits gets one message sent, as far as there is place. */
export const createRounds = ({ core, clock, flights, turns, stop, landed }: Needs) => {
  const { webhooks, deliveries } = core

  /** Lets a webhook wait for its turn, or forgets it when nothing may be sent to it: until that changes. */
  const queue = (turn: Turn) => {
    const webhook = webhooks.sendable(turn.webhookId)
    if (webhook === null) turns.drop(turn)
    else turns.queue(turn, flights.laneOf(webhook))
  }

  async function fly(turn: Turn, webhook: Webhook, message: Outgoing) {
    turns.away(turn)
    const { restMs, retry } = await flights.fly(webhook, message)
    flights.land(webhook)
    turn.retry = retry
    if (restMs > 0) turns.rest(turn, clock.monotonic() + restMs, true)
    else queue(turn)
    landed()
  }

  /** Sends a webhook's next message, if one is due and there is a place for it. */
  async function start(turn: Turn, lane: Lane): Promise<boolean> {
    const webhook = webhooks.sendable(turn.webhookId)
    if (webhook === null || flights.laneOf(webhook) !== lane) {
      queue(turn)
      return false
    }
    if (!flights.hasPlace(webhook)) return false
    turn.noted = false
    const next = await deliveries.next(webhook, turn.retry)
    if (next !== null && 'delivery' in next) {
      void fly(turn, webhook, next)
      return true
    }
    if (turn.noted) return false // a message came meanwhile: it is looked at again
    if (next === null) turns.drop(turn)
    else {
      const sleep = Math.min(next.notBefore - clock.now(), longestSleep)
      turns.rest(turn, clock.monotonic() + sleep, false)
    }
    return false
  }

  /** One round of a lane; answers how many messages were sent. */
  async function goRound(lane: Lane): Promise<number> {
    let started = 0
    for (const [accountId, own] of turns.next(lane, mostLookedAt)) {
      let served = false
      for (const turn of own) {
        if (stop.aborted || flights.full()) return started
        served = await start(turn, lane)
        if (served) break
      }
      if (served) started++
      if (served || turns.waiting(lane) > mostLookedAt) turns.pass(lane, accountId)
    }
    return started
  }

  return {
    /** Goes round until there is nothing more to send, or no place for it. */
    async go(): Promise<void> {
      for (const turn of turns.rested(clock.monotonic())) queue(turn)
      for (let started = 1; started > 0; ) {
        started = 0
        for (const lane of ['quick', 'unknown', 'slow'] as const) started += await goRound(lane)
      }
    },
  }
}
