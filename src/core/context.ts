import type { Store } from '../store'
import type { guests } from './accounts/guests'
import type { Hashing } from './accounts/passwords'
import type { Suspensions } from './accounts/suspensions'
import type { Clock } from './clock'
import type { ResolveTxt } from './domains/domains'
import type { Hosts } from './domains/hosts'
import type { Limit } from './limits/limits'
import type { plans } from './limits/plans'
import type { LinkChange } from './links/change'
import type { codes, Random } from './links/code'
import type { NewLinks } from './links/new-link'
import type { Settings } from './settings'
import type { createLine } from './slices'

/** What the verbs of the core work with: the first argument of each. */
export type CoreContext = {
  store: Store
  clock: Clock
  random: Random
  hosts: Hosts
  /** asks the DNS whether a domain is its account's */
  resolveTxt: ResolveTxt
  /** what accounts may do */
  plans: ReturnType<typeof plans>
  guests: ReturnType<typeof guests>
  /** which accounts are suspended, and what that means for a link */
  suspensions: Suspensions
  /** the rules of codes, and random ones */
  codes: ReturnType<typeof codes>
  /** judges what is wanted of a new link, and finds it a code */
  newLinks: NewLinks
  /** long lists of links are worked on one after the other */
  bulkLine: ReturnType<typeof createLine>
  /** tells whoever listens what happened to a link */
  tellLinkChange: (change: LinkChange) => void
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
