import type { Plan } from '../store'

/** One limit, as data: at most `max` requests in `per` ms, counted separately for each `by`. */
export type Limit = {
  id: string
  /** `METHOD /path`, or only `/path` for every method; a `*` at the end matches any rest */
  on: string
  per: number
} & (
  | { max: number; by: 'address' | 'key' | 'account' }
  /** as much as the account's plan allows */
  | { max: null; by: 'plan' }
)

/** An administrator's word on a limit: another ceiling, or null for none. */
export type LimitOverride = { max: number | null; per: number }

/** The limits as they are in force: declared by dialects, changed by administrators. */
export const limits = () => {
  let overrides: Readonly<Record<string, LimitOverride>> = {}
  return {
    /** Puts administrators' overrides, by the limits' ids, in the place of the earlier ones. */
    override: (changed: Readonly<Record<string, LimitOverride>>) => {
      overrides = changed
    },

    /** How much of a limit holds for somebody on this plan; null: as much as they like. */
    of: (limit: Limit, plan: Pick<Plan, 'requestsPerHour'> | null) => {
      const { max, per } = overrides[limit.id] ?? limit
      const ceiling = limit.by === 'plan' && max === null ? plan?.requestsPerHour : max
      return ceiling === null || ceiling === undefined ? null : { max: ceiling, per }
    },
  }
}
