import { accounts } from './accounts/accounts'
import { createConfirmation } from './accounts/confirmation'
import { customers } from './accounts/customers'
import { grants } from './accounts/grants'
import { guests } from './accounts/guests'
import { createPasswordLimit } from './accounts/password-limit'
import { createPasswords } from './accounts/passwords'
import { sessions } from './accounts/sessions'
import { setUp } from './accounts/set-up'
import { subjects } from './accounts/subject'
import { createSuspensions } from './accounts/suspensions'
import { administration } from './admin'
import { createBlocklist } from './blocklist/blocklist'
import type { CoreContext, CoreNeeds } from './context'
import { createHosts } from './domains/hosts'
import { keyUses } from './keys/key-uses'
import { keys } from './keys/keys'
import { buckets } from './limits/bucket'
import { limits } from './limits/limits'
import { plans, seededPlans } from './limits/plans'
import { linkBulk } from './links/bulk'
import { codeCheck } from './links/check-code'
import { codes } from './links/code'
import { type LinkChange, links } from './links/create'
import { linkRemoval } from './links/delete'
import { linkEdit } from './links/edit'
import { guestLinks } from './links/guest-links'
import { imported } from './links/imported'
import { linkList } from './links/list'
import { newLinks } from './links/new-link'
import { createListeners } from './listeners'
import { createSealer } from './secret'
import { createSettings } from './settings'
import { createLive } from './stats/live'
import { stats } from './stats/series'
import { linkStats } from './stats/stats'
import { deliveries } from './webhooks/deliveries'
import { createWebhooks } from './webhooks/webhooks'

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
export type { AccountEdit } from './accounts/accounts'
export { guestLifetime } from './accounts/guests'
export { linkPasswordLimit } from './accounts/password-limit'
export { longestPasswordWait, mostHashes } from './accounts/password-lines'
export type { Hashing, Passwords } from './accounts/passwords'
export { readEmail } from './accounts/person'
export { clockSlack, sessionIdle, sessionLifetime } from './accounts/sessions'
export { forgetTrustedDevice, listTrustedDevices } from './accounts/trusted-devices'
export type { LimitRow } from './admin'
export type { Blocklist, BlocklistSource } from './blocklist/blocklist'
export type { Caller, Session } from './caller'
export * from './campaigns'
export type { Clock } from './clock'
export { noInstant, readDay, readInstant } from './dates'
export * from './domains/domains'
export { plainHost, plainOrigin } from './domains/host'
export { defaultDomain } from './domains/hosts'
export { Fault, type FaultDetail, type FaultKind, faultKinds } from './fault'
export { hashSecret, type KeyKinds } from './keys/keys'
export type { Buckets, Level } from './limits/bucket'
export { ceilings } from './limits/ceilings'
export type { Limit } from './limits/limits'
export { networkOf, payerOf } from './limits/payer'
export { seededPlans } from './limits/plans'
export type { BulkOutcome } from './links/bulk'
export type { Random } from './links/code'
export { accountOf, type LinkChange } from './links/create'
export { type Draft, redirectStatuses } from './links/draft'
export type { GuestDraft } from './links/guest-links'
export type { LinkFilter } from './links/list'
export { isOver, type LinkStatus, linkStatus, linkStatuses } from './links/status'
export { type Settings, settingNames } from './settings'
export { inSlices } from './slices'
export type { LiveClick } from './stats/live'
export { fillGaps, percentage, previous, type Span, stepFor } from './stats/series'
export type { Breakdown, StatsQuery, StatsReport } from './stats/stats'
export { type Outgoing, webhookEvents } from './webhooks/webhooks'

export type Core = Awaited<ReturnType<typeof createCore>>

/** The rules over a store: the only door to them. */
export const createCore = async (needs: CoreNeeds) => {
  const { store, clock, random, routes, resolveTxt } = needs
  await store.plans.seed(seededPlans)
  const settings = await createSettings({ store, options: needs.options })
  const options = settings.over(needs.options)
  const { add: onLinkChanged, tell: onChanged } = createListeners<LinkChange>()
  const allLimits = limits(needs.limits, await store.settings.get('limits'))
  const allBuckets = buckets(clock)
  const passwords = createPasswords(clock, needs.hashing, needs.hashesAtOnce)
  const hosts = await createHosts(store)
  const suspensions = await createSuspensions(store)
  const codeRules = codes(options.codeLength, random, routes)
  const blocklist = await createBlocklist(store)
  const chargePassword = createPasswordLimit(allBuckets, allLimits, needs.options.rateLimits)
  const isUnsafe = async (href: string) => blocklist.isListed(href) || needs.isUnsafe(href)
  const ofNewLinks = { hosts, clock, passwords, codes: codeRules, chargePassword, isUnsafe }
  const making = newLinks(ofNewLinks)
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
  const context: CoreContext = { store, clock, random, hosts, resolveTxt }
  return {
    ...context,
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
    live: createLive(store),
    webhooks: await createWebhooks({ store, clock, random, sealer, suspensions, messages }),
    deliveries: messages,
    imported: imported({ newLinks: making, codes: codeRules }),
    suspensions,
    blocklist,
    settings,
    subjectOf: subjects(store),
    buckets: allBuckets,
    limits: allLimits,
    admin: administration({
      store,
      settings,
      blocklist,
      accounts: { ...people, ...granting },
      limits: allLimits,
    }),
    /** Tells of every link that was made, changed or deleted; the redirect then forgets what it knows. */
    onLinkChanged,
  }
}
