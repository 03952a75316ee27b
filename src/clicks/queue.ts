import { minute } from '../time'
import type { RawClick } from './enrich'

/** Clicks that wait at most; about 40 MB. Beyond, the newest are dropped and counted. */
export const mostWaiting = 100_000

type Log = { warning: (message: string, properties?: Record<string, unknown>) => void }

/** A bounded queue, in the order of arrival. */
export const createQueue = (clock: { monotonic: () => number }, log: Log) => {
  let waiting: RawClick[] = []
  let dropped = 0
  let toldAt = Number.NEGATIVE_INFINITY

  const drop = () => {
    dropped++
    if (clock.monotonic() - toldAt < minute) return
    toldAt = clock.monotonic()
    log.warning('{dropped} clicks were dropped so far: the queue is full', { dropped })
  }

  return {
    push: (click: RawClick) => {
      if (waiting.length < mostWaiting) waiting.push(click)
      else drop()
    },
    length: () => waiting.length,
    part: (from: number, count: number) => waiting.slice(from, from + count),
    shift: (count: number) => {
      waiting = waiting.slice(count)
    },
    /** Returns how many clicks of each link wait. */
    countByLink(): Map<number, number> {
      const counts = new Map<number, number>()
      for (const { linkId } of waiting) counts.set(linkId, (counts.get(linkId) ?? 0) + 1)
      return counts
    },
    figures: () => ({ waiting: waiting.length, dropped }),
  }
}
