import type { Link, Plan, Store } from '../store'
import type { Caller } from './caller'
import type { Clock } from './clock'
import { type Draft, refuse } from './draft'
import { Fault } from './fault'
import { defaultDomain } from './hosts'
import { gate, isOver } from './link'
import type { NewLinks } from './new-link'
import type { plans } from './plans'
import type { Suspensions } from './suspensions'

type Needs = {
  store: Store
  clock: Clock
  plans: ReturnType<typeof plans>
  newLinks: NewLinks
  suspensions: Pick<Suspensions, 'gateOf'>
  onChanged: (change: LinkChange) => void
}

/** What happened to a link; for a deleted one the row as it was. */
export type LinkChange = { kind: 'created' | 'updated' | 'deleted'; link: Link }

/** Links: made, found and deleted under the rules that every dialect shares. */
export const links = ({ store, clock, plans, newLinks, suspensions, onChanged }: Needs) => ({
  /**
   * Makes a link for the caller's account. Faults: `key_missing`, `plan_required` for a code of one's
   * own, `url_*`, `code_*`, `input_invalid`.
   */
  create: async (caller: Caller, draft: Draft): Promise<Link> => {
    const account = accountOf(caller)
    if (draft.code != null && !(await plans.of(account)).customCodes)
      throw new Fault('plan_required', { capability: 'customCodes' })
    const row = await newLinks.read(caller, draft)
    await mustOwn(store, account.id, draft)
    const link = await newLinks.insert(draft.code, (code) =>
      store.links.insert({ ...row, code, ownerId: account.id }),
    )
    onChanged({ kind: 'created', link })
    return link
  },

  /** The link of a code, whatever its state; null when there is none. */
  byCode: (domainId: string, code: string) => store.links.byCode(domainId, code),

  /**
   * A link whose statistics the caller may read, a public one or their own; for their own with the plan
   * that says how much. Faults: `link_missing` for any other, as if it did not exist, and `link_gone`
   * once it is over.
   */
  readable: (caller: Caller, code: string) =>
    readable({ store, clock, plans, suspensions }, caller, code),

  /**
   * A link whose clicks the caller may take away: as simple CSV whoever may read them, in other formats
   * its account, when the plan includes them. Faults: as `readable`, and `plan_required`.
   */
  exportable: async (caller: Caller, code: string, { simple }: { simple: boolean }) => {
    const { link, plan } = await readable({ store, clock, plans, suspensions }, caller, code)
    if (!simple && plan?.allExports !== true)
      throw new Fault('plan_required', { capability: 'allExports' })
    return link
  },

  /** One of the caller's own links that is not deleted; fault `link_missing` for any other. */
  own: async (caller: Caller, code: string): Promise<Link> => {
    const link = await meantBy(store, caller, code)
    if (link === null || !isKept(caller, link)) throw new Fault('link_missing')
    return link
  },

  /** A page of the caller's links, newest first, deleted ones left out, with how many there are. */
  page: (caller: Caller, { page, limit }: { page: number; limit: number }) =>
    store.links.page(accountOf(caller).id, { offset: (page - 1) * limit, limit }),

  /** The newest of the account's links, bound ones too, and how many there are. */
  ofAccount: (caller: Caller, limit: number) => store.links.ofAccount(accountOf(caller).id, limit),

  /** Binds anonymous links to the caller's account; says of each code what became of it. */
  bind: async (caller: Caller, codes: readonly string[]) => {
    const account = await mustHaveFullStats(plans, caller)
    return Promise.all(
      codes.map(async (code) => {
        const outcome = await store.links.bind(account.id, code)
        const isTheirs = outcome === 'not found' && (await hasOwn(store, caller, code))
        return { code, outcome: isTheirs ? ('already bound' as const) : outcome }
      }),
    )
  },

  /** The caller's account, when its plan includes all statistics. Faults: `key_missing`, `plan_required`. */
  fullStatsAccount: (caller: Caller) => mustHaveFullStats(plans, caller),

  /** Deletes a link: from the next request on it answers 410. False when it already was. */
  remove: async (link: Link): Promise<boolean> => {
    const done = await store.links.retire(link.id, new Date(clock.now()))
    if (done) onChanged({ kind: 'deleted', link })
    return done
  },

  /** Takes one redirect of a link with a ceiling; false when none is left. */
  spend: (id: number) => store.links.spend(id, new Date(clock.now())),
})

const mustHaveFullStats = async (allPlans: Needs['plans'], caller: Caller) => {
  const account = accountOf(caller)
  if (!(await allPlans.of(account)).fullStats)
    throw new Fault('plan_required', { capability: 'fullStats' })
  return account
}

/** The account behind a caller; fault `key_missing` for a stranger. */
export const accountOf = (caller: Caller) => {
  if (caller.account === null) throw new Fault('key_missing')
  return caller.account
}

/** Whether a link is the caller's, by making or by binding. */
export const isOwn = (caller: Caller, link: Pick<Link, 'ownerId' | 'boundTo'>) =>
  caller.account !== null &&
  (link.ownerId === caller.account.id || link.boundTo === caller.account.id)

/**
 * The link that a code means to a caller; null when there is none. Theirs on the domain that everybody
 * shares comes first, deleted or not, so that a deletion sent twice never hits another link; then theirs
 * on a domain of their own, when just one has the code; then anybody's on the shared one.
 */
export const meantBy = async (store: Store, caller: Caller, code: string): Promise<Link | null> => {
  const shared = await store.links.byCode(defaultDomain, code)
  if (caller.account === null || (shared !== null && isOwn(caller, shared))) return shared
  const [own, another] = await store.links.onDomainsOf(caller.account.id, code)
  return own !== undefined && another === undefined ? own : shared
}

const isKept = (caller: Caller, link: Link) => link.deletedAt === null && isOwn(caller, link)

const hasOwn = async (store: Store, caller: Caller, code: string) => {
  const link = await meantBy(store, caller, code)
  return link !== null && isKept(caller, link)
}

const readable = async (
  { store, clock, plans, suspensions }: Omit<Needs, 'newLinks' | 'onChanged'>,
  caller: Caller,
  code: string,
): Promise<{ link: Link; plan: Plan | null }> => {
  const link = await meantBy(store, caller, code)
  if (link === null || !mayRead(caller, link, clock.now())) throw new Fault('link_missing')
  const judge = isOwn(caller, link) ? gate : suspensions.gateOf
  if (isOver(judge(link, clock.now()))) throw new Fault('link_gone')
  return { link, plan: isOwn(caller, link) ? await plans.of(accountOf(caller)) : null }
}

const mayRead = (caller: Caller, link: Link, now: number) => {
  if (isOwn(caller, link)) return true
  const started = link.startsAt === null || link.startsAt.getTime() <= now
  return link.publicStats && link.passwordHash === null && started
}

/** A link may only join a campaign and a verified domain of its own account. */
const mustOwn = async (store: Store, accountId: number, draft: Draft) => {
  await mustOwnCampaign(store, [accountId], draft)
  await mustOwnDomain(store, accountId, draft)
}

/** A link's domain must be a verified one of this account. Fault: `input_invalid`. */
export const mustOwnDomain = async (
  store: Store,
  accountId: number,
  { domainId }: Pick<Draft, 'domainId'>,
) => {
  const domain = domainId ? await store.domains.own(accountId, domainId) : null
  if (domainId && domain?.verified !== true) refuse('domainId', 'is none of your verified domains')
}

/** A link's campaign must belong to one of these accounts. Fault: `input_invalid`. */
export const mustOwnCampaign = async (
  store: Store,
  accounts: readonly number[],
  { campaignId }: Pick<Draft, 'campaignId'>,
) => {
  if (!campaignId) return
  for (const account of accounts)
    if ((await store.campaigns.own(account, campaignId)) !== null) return
  refuse('campaignId', 'is none of your campaigns')
}
