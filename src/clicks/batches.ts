import type { NewClick } from '../store'
import type { RawClick } from './enrich'

/** Clicks stored in one transaction at most: when many wait, larger batches are quicker. */
const mostAtOnce = 2000

/**
 * Clicks looked at in one go, when few come in: then redirects have their turn, because both share a
 * thread. When more come in between, twice those, or they would never all be looked at.
 */
const slice = 50

type Queue = {
  length: () => number
  part: (from: number, count: number) => RawClick[]
  shift: (count: number) => void
}

/**
 * The front of the queue, looked at: the batch that is being stored, and the one after it, which is
 * looked at meanwhile. Clicks stay in the queue until they are stored.
 */
export const createBatches = (queue: Queue, enrich: (raw: RawClick) => Promise<NewClick>) => {
  let batch: NewClick[] = []
  let ahead: NewClick[] = []

  async function look(from: number): Promise<NewClick[]> {
    const raw = queue.part(from, mostAtOnce)
    const done: NewClick[] = []
    while (done.length < raw.length) {
      const before = queue.length()
      if (done.length > 0) await new Promise((resolve) => setImmediate(resolve))
      const share = Math.max(slice, 2 * (queue.length() - before))
      const part = raw.slice(done.length, done.length + share)
      done.push(...(await Promise.all(part.map(enrich))))
    }
    return done
  }

  return {
    /** The batch to store; the same until it is stored. */
    async batch() {
      if (batch.length === 0) batch = await look(0)
      return batch
    },
    /** Looks at the batch after it; one that can't be looked at now will be later. */
    async lookAhead() {
      if (ahead.length === 0) ahead = await look(batch.length).catch(() => [])
    },
    /** The batch is stored; answers it. */
    stored: (): NewClick[] => {
      const stored = batch
      queue.shift(stored.length)
      batch = ahead
      ahead = []
      return stored
    },
  }
}
