import type { Store } from '../store'
import type { Hashing } from './accounts/passwords'
import type { Clock } from './clock'
import type { ResolveTxt } from './domains/domains'
import type { Hosts } from './domains/hosts'
import type { Limit } from './limits/limits'
import type { Random } from './links/code'
import type { Settings } from './settings'

/** What the verbs of the core work with: the first argument of each. */
export type CoreContext = {
  store: Store
  clock: Clock
  random: Random
  hosts: Hosts
  /** asks the DNS whether a domain is its account's */
  resolveTxt: ResolveTxt
}

/** What the core is made of. */
export type CoreNeeds = {
  store: Store
  clock: Clock
  random: Random
  options: Settings & { codeLength: number; secret: string; rateLimits: boolean }
  /** first segments of all routes: no code may be one */
  routes: readonly string[]
  /** asks the DNS whether a domain is its account's */
  resolveTxt: ResolveTxt
  /** what all dialects declare */
  limits: readonly Limit[]
  /** what somebody else says of a destination that is not listed here */
  isUnsafe: (href: string) => Promise<boolean>
  hashing?: Hashing | undefined
  hashesAtOnce?: number
}
