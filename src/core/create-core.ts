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
import type { LinkChange } from './links/change'
import { codes } from './links/code'
import { guestLinks } from './links/guest-links'
import { imported } from './links/imported'
import { newLinks } from './links/new-link'
import { createListeners } from './listeners'
import { createSealer } from './secret'
import { createSettings } from './settings'
import { createLine } from './slices'
import { createLive } from './stats/live'
import { stats } from './stats/series'
import { linkStats } from './stats/stats'
import { deliveries } from './webhooks/deliveries'
import { createWebhooks } from './webhooks/webhooks'

/** What remembers: made once, in the order in which one needs the other. */
async function createState(needs: CoreNeeds) {
  const { store, clock, random, routes } = needs
  await store.plans.seed(seededPlans)
  const settings = await createSettings({ store, options: needs.options })
  const options = settings.over(needs.options)
  const listeners = createListeners<LinkChange>()
  const allLimits = limits(needs.limits, await store.settings.get('limits'))
  const allBuckets = buckets(clock)
  const passwords = createPasswords(clock, needs.hashing, needs.hashesAtOnce)
  const hosts = await createHosts(store)
  const suspensions = await createSuspensions(store)
  const codeRules = codes(options.codeLength, random, routes)
  const blocklist = await createBlocklist(store)
  const chargePassword = createPasswordLimit(allBuckets, allLimits, needs.options.rateLimits)
  async function isUnsafe(href: string) {
    return blocklist.isListed(href) || needs.isUnsafe(href)
  }
  return {
    settings,
    options,
    listeners,
    limits: allLimits,
    buckets: allBuckets,
    passwords,
    blocklist,
    hosts,
    suspensions,
    codes: codeRules,
    newLinks: newLinks({ hosts, clock, passwords, codes: codeRules, chargePassword, isUnsafe }),
    sealer: createSealer(options.secret, random),
  }
}

const contextOf = (
  { store, clock, random, resolveTxt }: CoreNeeds,
  {
    options,
    listeners,
    hosts,
    suspensions,
    codes,
    newLinks,
  }: Awaited<ReturnType<typeof createState>>,
): CoreContext => ({
  store,
  clock,
  random,
  hosts,
  resolveTxt,
  suspensions,
  codes,
  newLinks,
  plans: plans({ store, clock }),
  guests: guests({ store, clock, random, options, onChanged: listeners.tell }),
  bulkLine: createLine(),
  tellLinkChange: listeners.tell,
})

export type Core = Awaited<ReturnType<typeof createCore>>

/** The rules over a store: the only door to them. */
export async function createCore(needs: CoreNeeds) {
  const { store, clock, random } = needs
  const state = await createState(needs)
  const context = contextOf(needs, state)
  const { settings, options, passwords, blocklist, sealer, suspensions, newLinks } = state
  const onChanged = context.tellLinkChange
  const people = accounts({ ...state, store, clock, onChanged })
  const granting = grants({ store, clock, patch: people.patch })
  const messages = deliveries({ store, clock, random, sealer })
  const keyring = keys({ ...context, sealer })
  return {
    ...context,
    keys: keyring,
    keyUses: keyUses({ store, clock }),
    passwords,
    confirmIdentity: createConfirmation({ store, passwords, clock, buckets: state.buckets }),
    customers: customers({ store, clock, options, keys: keyring, newLinks, onChanged }),
    accounts: {
      ...people,
      ...granting,
      ...setUp({ store, random, passwords, newUser: people.newUser }),
    },
    sessions: sessions({ store, clock }),
    guestLinks: guestLinks({ ...context, options, onChanged }),
    stats: { ...stats({ store }), ...linkStats(context) },
    live: createLive(store),
    webhooks: await createWebhooks({ store, clock, random, sealer, suspensions, messages }),
    deliveries: messages,
    imported: imported(context),
    blocklist,
    settings,
    subjectOf: subjects(store),
    buckets: state.buckets,
    limits: state.limits,
    admin: administration({
      store,
      settings,
      blocklist,
      accounts: { ...people, ...granting },
      limits: state.limits,
    }),
    /** Tells of every link that was made, changed or deleted; the redirect then forgets what it knows. */
    onLinkChanged: state.listeners.add,
  }
}
