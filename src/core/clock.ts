/** The time, handed in so that tests can set it. */
export type Clock = {
  /** wall clock, ms since 1970; decides expiry */
  now: () => number
  /** never goes back, ms since any moment; decides limits and durations */
  monotonic: () => number
}

/** Whether a calendar has a day, `YYYY-MM-DD`; `Date` would move 30 February on into March. */
export const isDay = (text: string): boolean => {
  const midnight = new Date(text)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text)
}
