import { LRUCache } from 'lru-cache'

/** A window: at most `max` requests, refilled continuously over `per` ms. */
export type Window = { max: number; per: number }

/** What is left of a window after a request; `wait` is 0 when it was allowed, else ms until it would be. */
export type Level = { max: number; remaining: number; resetMs: number; wait: number }

type Bucket = { tokens: number; at: number }

/** Most buckets kept; the one untouched for longest goes first. */
const mostBuckets = 100_000

/**
 * Token buckets by name. Each starts full and refills continuously by the monotonic clock.
 * `take` needs a token in every named window, and takes from none when one is empty.
 */
export type Buckets = ReturnType<typeof buckets>

export const buckets = (clock: { monotonic: () => number }) => {
  const known = new LRUCache<string, Bucket>({ max: mostBuckets })

  const fill = (name: string, { max, per }: Window): Bucket => {
    const now = clock.monotonic()
    const bucket = known.get(name) ?? { tokens: max, at: now }
    bucket.tokens = Math.min(max, bucket.tokens + ((now - bucket.at) * max) / per)
    bucket.at = now
    known.set(name, bucket)
    return bucket
  }

  return {
    /** Each window's level, without taking anything. */
    look: (windows: readonly Named[]): Level[] =>
      windows.map((window) => measure(window, fill(window.name, window))),

    /** Takes one token from every window, or none; answers each window's level. */
    take: (windows: readonly Named[]): Level[] => {
      const filled = windows.map((window) => ({ window, bucket: fill(window.name, window) }))
      const allowed = filled.every(({ bucket }) => bucket.tokens >= 1)
      return filled.map(({ window, bucket }) => {
        const { wait } = measure(window, bucket)
        if (allowed) bucket.tokens -= 1
        return { ...measure(window, bucket), wait }
      })
    },
  }
}

type Named = Window & { name: string }

const measure = ({ max, per }: Window, { tokens }: Bucket): Level => ({
  max,
  remaining: Math.max(0, Math.floor(tokens)),
  resetMs: ((max - tokens) * per) / max,
  wait: tokens >= 1 ? 0 : ((1 - tokens) * per) / max,
})
