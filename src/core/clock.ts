/** The time, handed in so that tests can set it. */
export type Clock = {
  /** wall clock, ms since 1970; decides expiry */
  now: () => number
  /** never goes back, ms since any moment; decides limits and durations */
  monotonic: () => number
}
