import { minute } from '../../time'
import type { Caller } from '../caller'
import { Fault } from '../fault'
import type { buckets as createBuckets } from '../limits/bucket'
import type { Limit, Limits } from '../limits/limits'
import { payerOf } from '../limits/payer'

type Buckets = ReturnType<typeof createBuckets>

/** New passwords of links cost more than links, and are counted by themselves in every API, one by one in bulk. */
export const linkPasswordLimit = {
  id: 'link-passwords.minute',
  on: 'every password of a link',
  max: 120,
  per: minute,
  by: 'account',
} as const satisfies Limit

/** Makes `charge(caller)`: takes one password from what a caller may set. Fault: `rate_limited`. */
export const createPasswordLimit =
  (buckets: Pick<Buckets, 'take'>, limits: Limits, enforced: boolean) =>
  (caller: Pick<Caller, 'address' | 'account'>): void => {
    const window = limits.of(linkPasswordLimit, null)
    if (!enforced || window === null) return
    const name = `${linkPasswordLimit.id} ${payerOf(linkPasswordLimit.by, caller)}`
    const wait = Math.max(...buckets.take([{ name, ...window }]).map((level) => level.wait))
    if (wait > 0) throw new Fault('rate_limited', { seconds: Math.max(1, Math.ceil(wait / 1000)) })
  }
