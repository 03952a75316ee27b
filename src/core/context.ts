import type { Store } from '../store'
import type { Clock } from './clock'
import type { Random } from './links/code'

/** What the verbs of the core work with: the first argument of each. */
export type CoreContext = {
  store: Store
  clock: Clock
  random: Random
}
