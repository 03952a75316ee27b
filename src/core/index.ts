import type { Store } from '../store'
import { accounts } from './accounts'
import { administration } from './admin'
import { createBlocklist } from './blocklist'
import { buckets } from './bucket'
import { campaigns } from './campaigns'
import type { Clock } from './clock'
import { codes, type Random } from './code'
import { codeCheck } from './code-check'
import { createConfirmation } from './confirmation'
import { customers } from './customers'
import { deliveries } from './deliveries'
import { domains, type ResolveTxt } from './domains'
import { grants } from './grants'
import { guestLinks } from './guest-links'
import { guests } from './guests'
import { createHosts } from './hosts'
import { imported } from './imported'
import { keyUses } from './key-uses'
import { keys } from './keys'
import { type Limit, limits } from './limits'
import { linkBulk } from './link-bulk'
import { linkEdit } from './link-edit'
import { linkList } from './link-list'
import { linkRemoval } from './link-removal'
import { linkStats } from './link-stats'
import { type LinkChange, links } from './links'
import { createListeners } from './listeners'
import { createLive } from './live'
import { newLinks } from './new-link'
import { createPasswordLimit } from './password-limit'
import { createPasswords, type Hashing } from './passwords'
import { plans, seededPlans } from './plans'
import { createSealer } from './sealer'
import { sessions } from './sessions'
import { setUp } from './set-up'
import { createSettings, type Settings } from './settings'
import { stats } from './stats'
import { subjects } from './subject'
import { createSuspensions } from './suspensions'
import { createWebhooks } from './webhooks'

export type {
  Account,
  Answers,
  CampaignWithLinks,
  CountedLink,
  Dimension,
  Domain,
  Filter,
  Key,
  Link,
  LinkShare,
  LinkSort,
  LinkSortColumn,
  LoggedClick,
  Plan,
  Point,
  SessionRow,
  Share,
  Step,
  TrustedDevice,
  Webhook,
  WebhookDelivery,
} from '../store'
export { dimensions, linkSortColumns, linkStates } from '../store'
export { accountsWith } from './access'
export type { AccountEdit } from './accounts'
export type { LimitRow } from './admin'
export type { Blocklist, BlocklistSource } from './blocklist'
export type { Buckets, Level } from './bucket'
export type { Caller, Session } from './caller'
export { ceilings } from './ceilings'
export type { Clock } from './clock'
export type { Random } from './code'
export { noInstant, readDay, readInstant } from './dates'
export { type ResolveTxt, txtNames } from './domains'
export { type Draft, redirectStatuses } from './draft'
export { Fault, type FaultDetail, type FaultKind, faultKinds } from './fault'
export type { GuestDraft } from './guest-links'
export { guestLifetime } from './guests'
export { plainHost, plainOrigin } from './host'
export { defaultDomain } from './hosts'
export { hashSecret, type KeyKinds } from './keys'
export type { Limit } from './limits'
export { isOver, type LinkStatus, linkStatus, linkStatuses } from './link'
export type { BulkOutcome } from './link-bulk'
export type { LinkFilter } from './link-list'
export type { Breakdown, StatsQuery, StatsReport } from './link-stats'
export { accountOf, type LinkChange } from './links'
export type { LiveClick } from './live'
export { linkPasswordLimit } from './password-limit'
export { longestPasswordWait, mostHashes } from './password-lines'
export type { Hashing, Passwords } from './passwords'
export { networkOf, payerOf } from './payer'
export { readEmail } from './person'
export { seededPlans } from './plans'
export { clockSlack, sessionIdle, sessionLifetime } from './sessions'
export { type Settings, settingNames } from './settings'
export { fillGaps, percentage, previous, type Span, stepFor } from './stats'
export { forgetTrustedDevice, listTrustedDevices } from './trusted-devices'
export { type Outgoing, webhookEvents } from './webhooks'

export type Core = Awaited<ReturnType<typeof createCore>>

type Needs = {
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

/** The rules over a store: the only door to them. */
export const createCore = async ({ store, clock, random, routes, resolveTxt, ...given }: Needs) => {
  await store.plans.seed(seededPlans)
  const settings = await createSettings({ store, options: given.options })
  const options = settings.over(given.options)
  const { add: onLinkChanged, tell: onChanged } = createListeners<LinkChange>()
  const allLimits = limits(given.limits, await store.settings.get('limits'))
  const allBuckets = buckets(clock)
  const passwords = createPasswords(clock, given.hashing, given.hashesAtOnce)
  const hosts = await createHosts(store)
  const suspensions = await createSuspensions(store)
  const codeRules = codes(options.codeLength, random, routes)
  const blocklist = await createBlocklist(store)
  const making = newLinks({
    ...{ hosts, clock, passwords, codes: codeRules },
    chargePassword: createPasswordLimit(allBuckets, allLimits, given.options.rateLimits),
    isUnsafe: async (href) => blocklist.isListed(href) || given.isUnsafe(href),
  })
  const allPlans = plans({ store, clock })
  const guestBook = guests({ store, clock, random, options, onChanged })
  const ofLinks = { store, clock, plans: allPlans, newLinks: making, onChanged }
  const single = links({ ...ofLinks, guests: guestBook, suspensions })
  const people = accounts({ store, clock, options, passwords, hosts, suspensions, onChanged })
  const granting = grants({ store, clock, patch: people.patch })
  const byId = linkEdit({ ...ofLinks, remove: single.remove })
  const lists = linkList({ store, clock })
  const sealer = createSealer(options.secret, random)
  const messages = deliveries({ store, clock, random, sealer })
  const keyring = keys({ store, clock, random, sealer, plans: allPlans })
  return {
    keys: keyring,
    keyUses: keyUses({ store, clock }),
    plans: allPlans,
    passwords,
    confirmIdentity: createConfirmation({ store, passwords, clock, buckets: allBuckets }),
    customers: customers({ store, clock, options, keys: keyring, newLinks: making, onChanged }),
    links: {
      ...single,
      ...byId,
      ...lists,
      ...linkBulk({ store, clock, create: single.create, onChanged }),
      ...linkRemoval({ store, clock, remove: single.remove }),
      checkCode: codeCheck(store, codeRules),
    },
    accounts: {
      ...people,
      ...granting,
      ...setUp({ store, random, passwords, newUser: people.newUser }),
    },
    sessions: sessions({ store, clock }),
    guests: guestBook,
    guestLinks: guestLinks({ ...ofLinks, options, guests: guestBook }),
    stats: {
      ...stats({ store }),
      ...linkStats({ store, clock, plans: allPlans, byIdFor: byId.byIdFor, idsOf: lists.idsOf }),
    },
    campaigns: campaigns({ store, clock, random }),
    domains: domains({ store, clock, random, hosts, resolveTxt }),
    live: createLive(store),
    webhooks: await createWebhooks({ store, clock, random, sealer, suspensions, messages }),
    deliveries: messages,
    imported: imported({ newLinks: making, codes: codeRules }),
    hosts,
    suspensions,
    blocklist,
    settings,
    subjectOf: subjects(store),
    clock,
    buckets: allBuckets,
    limits: allLimits,
    admin: administration({
      ...{ store, settings, blocklist, accounts: { ...people, ...granting } },
      limits: allLimits,
    }),
    /** Tells of every link that was made, changed or deleted; the redirect then forgets what it knows. */
    onLinkChanged,
  }
}
