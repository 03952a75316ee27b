import type { Buckets, Caller, Core, Level, Limit, Plan } from '../core'
import { Fault, payerOf } from '../core'

/** What a limited request is judged by. */
export type Charged = {
  method: string
  path: string
  caller: Pick<Caller, 'address' | 'account'>
  /** the caller's plan; null for a stranger */
  plan: Plan | null
}

/**
 * Whether a limit, or any other pattern of that form, covers a request. A slash at the end makes no
 * other path, for it makes no other route either.
 */
export const covers = (
  { on }: Pick<Limit, 'on'>,
  { method, path }: Pick<Charged, 'method' | 'path'>,
) => {
  const [pattern = '', only] = on.split(' ').reverse()
  if (only !== undefined && only !== method) return false
  if (pattern.endsWith('*')) return path.startsWith(pattern.slice(0, -1))
  return path === pattern || path === `${pattern}/`
}

/** Takes a token of every limit that covers a request; answers the levels to report. */
export const charge = (
  { buckets, limits }: { buckets: Buckets; limits: Core['limits'] },
  declared: readonly Limit[],
  charged: Charged,
): Level[] =>
  buckets.take(
    declared.flatMap((limit) => {
      const window = covers(limit, charged) ? limits.of(limit, charged.plan) : null
      return window === null
        ? []
        : [{ name: `${limit.id} ${payerOf(limit.by, charged.caller)}`, ...window }]
    }),
  )

/** The `RateLimit-*` headers of the window that is closest to empty; none when nothing limits. */
export const limitHeaders = (levels: readonly Level[]): Record<string, string> => {
  const [first, ...others] = levels
  if (first === undefined) return {}
  const tightest = others.reduce((a, b) => (share(b) < share(a) ? b : a), first)
  return {
    'RateLimit-Limit': String(tightest.max),
    'RateLimit-Remaining': String(tightest.remaining),
    'RateLimit-Reset': String(Math.ceil(tightest.resetMs / 1000)),
  }
}

const share = ({ remaining, max, wait }: Level) => (wait > 0 ? -wait : remaining / max)

/** The refusal when a window is empty; null when the request is within its limits. */
export const excess = (levels: readonly Level[]): Fault | null => {
  const wait = Math.max(0, ...levels.map((level) => level.wait))
  return wait === 0
    ? null
    : new Fault('rate_limited', { seconds: Math.max(1, Math.ceil(wait / 1000)) })
}
