import { LRUCache } from 'lru-cache'
import type { Clock } from '../core'
import { hour, minute } from '../time'

const firstPause = 1000
const longestPause = 15 * minute

/** A run of failures is forgotten after this long without another one, in ms. */
const memory = 24 * hour

/** What was tried: by which name runs are told apart, and which password was to be guessed. */
export type Tried = {
  name: string
  /** another one once a new password was set, by whatever process; null: there is none to guess */
  mark: string | null
}

type Run = { count: number; until: number; at: number; mark: string | null }

type Needs = {
  clock: Pick<Clock, 'monotonic'>
  /** failures in a row that cost nothing */
  free: number
}

/**
 * Failures in a row, whether there is anything to guess or not. From the last free one on, each further
 * one doubles the pause before the next try. Those of an earlier password count for nothing.
 */
export const createFailures = ({ clock, free }: Needs) => {
  const runs = new LRUCache<string, Run>({ max: 10_000 })

  const runOf = ({ name, mark }: Tried): Run | null => {
    const run = runs.get(name)
    if (run === undefined || run.mark !== mark) return null
    return clock.monotonic() - run.at > memory ? null : run
  }

  const put = ({ name, mark }: Tried, count: number) => {
    const at = clock.monotonic()
    const pause = count < free ? 0 : Math.min(firstPause * 2 ** (count - free), longestPause)
    runs.set(name, { count, at, until: at + pause, mark })
  }

  return {
    /** Returns whole seconds until the next try; 0 when it may be now. */
    wait(tried: Tried): number {
      const run = runOf(tried)
      return run === null ? 0 : Math.max(0, Math.ceil((run.until - clock.monotonic()) / 1000))
    },

    /** Counts a try that is under way as a failure, until it turns out to be none. */
    countFailure(tried: Tried): void {
      put(tried, (runOf(tried)?.count ?? 0) + 1)
    },

    /** Takes one failure back, which was none. */
    takeBack(tried: Tried): void {
      const run = runOf(tried)
      if (run !== null) put(tried, Math.max(0, run.count - 1))
    },

    /** Forgets the failures of somebody who got in. */
    forget({ name }: Tried): void {
      runs.delete(name)
    },
  }
}
