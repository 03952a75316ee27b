import type { Plan } from '../../store'

/** One limit, as data: at most `max` requests in `per` ms, counted separately for each `by`. */
export type Limit = {
  id: string
  /**
   * `METHOD /path`, or only `/path` for every method; a `*` at the end matches any rest. What is not
   * counted by its path is said in words.
   */
  on: string
  per: number
} & (
  | { max: number; by: 'address' | 'key' | 'account' }
  /** as much as the account's plan allows */
  | { max: null; by: 'plan' }
)

/** An administrator's word on a limit: another ceiling, or null for none (or for what the plan says). */
export type LimitOverride = { max: number | null; per: number }

export type Limits = ReturnType<typeof limits>

/** The limits as they are in force: declared by dialects, changed by administrators. */
export const limits = (declared: readonly Limit[] = [], stored: unknown = null) => {
  let overrides = readOverrides(stored)
  return {
    declared,

    /** Puts administrators' overrides, by the limits' ids, in the place of the earlier ones. */
    override: (changed: unknown) => {
      overrides = readOverrides(changed)
    },

    /** What an administrator says of a limit, else what is declared. */
    inForce: ({ id, max, per }: Limit) => {
      const override = overrides.get(id)
      return { ...(override ?? { max, per }), overridden: override !== undefined }
    },

    /** How much of a limit holds for somebody on this plan; null: as much as they like. */
    of: (limit: Limit, plan: Pick<Plan, 'requestsPerHour'> | null) => {
      const { max, per } = overrides.get(limit.id) ?? limit
      const ceiling = limit.by === 'plan' && max === null ? plan?.requestsPerHour : max
      return ceiling === null || ceiling === undefined ? null : { max: ceiling, per }
    },
  }
}

/** Overrides as they lie in the store; what another version wrote otherwise is left out. */
const readOverrides = (stored: unknown): ReadonlyMap<string, LimitOverride> =>
  new Map(
    Object.entries((stored ?? {}) as Record<string, LimitOverride>).filter(
      ([, { max, per }]) => (max === null || max > 0) && per > 0,
    ),
  )
