import { type Lane, quickWithin } from './pace'

/** Messages that may be under way at once. */
export const places = {
  /** in all */
  all: 64,
  /** to webhooks that are slow, or that nobody has heard from yet: the others find room whatever these do */
  slow: 32,
  unknown: 16,
  /** of one account, and to its slow webhooks */
  account: 8,
  slowOfAccount: 4,
  /** to one slow host, whoever sends there */
  slowHost: 8,
} as const

/** A message under way. */
export type Flight = { accountId: number; host: string; lane: Lane; startedAt: number }

/** Whether one more message may go now, beside those that are under way; `now` is monotonic, in ms. */
export const hasPlace = (
  { accountId, host, lane }: Omit<Flight, 'startedAt'>,
  flights: Iterable<Flight>,
  now: number,
): boolean => {
  const all = [...flights]
  const slow = all.filter((one) => one.lane === 'slow' || isLate(one, now))
  const own = all.filter((one) => one.accountId === accountId)
  if (all.length >= places.all || own.length >= places.account) return false
  if (lane === 'quick') return true
  if (lane === 'unknown') {
    const unknown = all.filter((one) => one.lane === 'unknown' && !slow.includes(one))
    const isRoom = slow.length + unknown.length < places.slow + places.unknown
    return isRoom && unknown.length < places.unknown
  }
  return (
    slow.length < places.slow &&
    slow.filter((one) => one.accountId === accountId).length < places.slowOfAccount &&
    slow.filter((one) => one.host === host).length < places.slowHost
  )
}

/** Whether a message has been under way for so long that its answer will be slow. */
export const isLate = ({ startedAt }: Flight, now: number): boolean => now - startedAt > quickWithin
