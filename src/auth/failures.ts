import { LRUCache } from 'lru-cache'
import type { Clock } from '../core'

/** Failures in a row that cost nothing. */
const free = 5

const firstPause = 1000
const longestPause = 15 * 60_000

/** A run of failures is forgotten after this long without another one, in ms. */
const memory = 24 * 3_600_000

type Run = { count: number; until: number; at: number }

/**
 * Wrong passwords, counted for each address that somebody tries to sign in with, whether an account has
 * it or not. After five in a row every further one doubles the pause before the next try.
 */
export const createFailures = (clock: Pick<Clock, 'monotonic'>) => {
  const runs = new LRUCache<string, Run>({ max: 10_000 })

  return {
    /** Whole seconds until the next try; 0 when it may be now. */
    wait: (name: string): number => {
      const run = runs.get(name)
      return run === undefined ? 0 : Math.max(0, Math.ceil((run.until - clock.monotonic()) / 1000))
    },

    /** Counts a try that is under way as a failure, until `succeeded` says otherwise. */
    failed: (name: string): void => {
      const now = clock.monotonic()
      const known = runs.get(name)
      const count = (known === undefined || now - known.at > memory ? 0 : known.count) + 1
      const pause = count < free ? 0 : Math.min(firstPause * 2 ** (count - free), longestPause)
      runs.set(name, { count, at: now, until: now + pause })
    },

    /** Forgets the failures of somebody who got in. */
    succeeded: (name: string): void => {
      runs.delete(name)
    },
  }
}
