import type { Store } from '../store'
import { day, hour } from '../time'

type Needs = {
  store: Store
  clock: { now: () => number; monotonic: () => number }
  config: { clickRetentionDays: number }
}

/** Forgets what is due: clicks past the retention time with each batch, salts and marks once an hour. */
export const createRetention = ({ store, clock, config }: Needs) => {
  let forgotAt = Number.NEGATIVE_INFINITY
  return async () => {
    const { clickRetentionDays: days } = config
    if (days > 0) await store.clicks.forgetClicks(clock.now() - days * day)
    if (clock.monotonic() - forgotAt < hour) return
    forgotAt = clock.monotonic()
    await store.clicks.forgetVisitors(clock.now())
  }
}
