import type { Lane } from './pace'

/** A webhook that messages may wait for. */
export type Turn = {
  webhookId: number
  accountId: number
  /** the message that goes before all others */
  retry: string | null
  /** whether another message came since its queue was last looked at */
  noted: boolean
  /** where it is: waiting for its turn, resting until a moment, or having a message sent */
  at: { lane: Lane } | { until: number; firm: boolean } | 'away'
}

export type Turns = ReturnType<typeof createTurns>

type Queue = Map<number, Map<number, Turn>>

/**
 * Whose turn is next: accounts in a circle, and within each its webhooks. Each webhook is in one place, so
 * that it never has two messages under way. Moments are monotonic, in ms.
 */
export const createTurns = () => {
  const known = new Map<number, Turn>()
  const resting = new Set<Turn>()
  const queues: Record<Lane, Queue> = { quick: new Map(), unknown: new Map(), slow: new Map() }

  const leave = (turn: Turn) => {
    resting.delete(turn)
    if (turn.at === 'away' || !('lane' in turn.at)) return
    const queue = queues[turn.at.lane]
    const own = queue.get(turn.accountId)
    own?.delete(turn.webhookId)
    if (own?.size === 0) queue.delete(turn.accountId)
  }

  /** Puts a webhook at the end of its account's. */
  const queue = (turn: Turn, lane: Lane) => {
    leave(turn)
    turn.at = { lane }
    const own = queues[lane].get(turn.accountId) ?? new Map<number, Turn>()
    own.set(turn.webhookId, turn)
    queues[lane].set(turn.accountId, own)
  }

  return {
    queue,

    /** Notes that a message came for a webhook; one that rests for want of messages waits for its turn again. */
    note: (webhook: { id: number; accountId: number }, lane: Lane): void => {
      const turn: Turn = known.get(webhook.id) ?? {
        webhookId: webhook.id,
        accountId: webhook.accountId,
        retry: null,
        noted: true,
        at: 'away',
      }
      const isNew = !known.has(webhook.id)
      known.set(webhook.id, turn)
      turn.noted = true
      if (isNew || (turn.at !== 'away' && 'until' in turn.at && !turn.at.firm)) queue(turn, lane)
    },

    /** The accounts whose turn is next in a lane, each with its webhooks, at most so many. */
    next: (lane: Lane, limit: number): [accountId: number, turns: Turn[]][] =>
      [...queues[lane].entries().take(limit)].map(([id, own]) => [id, [...own.values()]]),

    /** How many accounts wait in a lane. */
    waiting: (lane: Lane): number => queues[lane].size,

    /** Puts an account at the end of the circle. */
    pass: (lane: Lane, accountId: number): void => {
      const own = queues[lane].get(accountId)
      if (own === undefined) return
      queues[lane].delete(accountId)
      queues[lane].set(accountId, own)
    },

    /** Takes a webhook out while a message is sent. */
    away: (turn: Turn): void => {
      leave(turn)
      turn.at = 'away'
    },

    /** Lets a webhook rest; a firm rest is not ended by another message. */
    rest: (turn: Turn, until: number, firm: boolean): void => {
      leave(turn)
      turn.at = { until, firm }
      resting.add(turn)
    },

    /** Forgets a webhook that nothing waits for. */
    drop: (turn: Turn): void => {
      leave(turn)
      known.delete(turn.webhookId)
    },

    /** The webhooks whose rest is over. */
    rested: (now: number): Turn[] =>
      [...resting].filter(({ at }) => at !== 'away' && 'until' in at && at.until <= now),
  }
}
