import { type OutcomeName, outcomes } from './outcomes'

export type Counters = ReturnType<typeof createCounters>

/** What redirects count of themselves, in plain numbers: more would be felt on their path. */
export const createCounters = () => ({
  /** codes that were not in the cache */
  lookups: 0,
  /** visitors who were told something instead of being redirected */
  refused: Object.fromEntries(Object.keys(outcomes).map((name) => [name, 0])) as Record<
    OutcomeName,
    number
  >,
})
