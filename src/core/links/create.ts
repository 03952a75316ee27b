import type { Link, Plan, Store } from '../../store'
import { isMaker, judgeBinding, may, type Right } from '../access'
import type { guests } from '../accounts/guests'
import type { Suspensions } from '../accounts/suspensions'
import type { Caller } from '../caller'
import type { Clock } from '../clock'
import { defaultDomain } from '../domains/hosts'
import { Fault } from '../fault'
import type { plans } from '../limits/plans'
import { type Draft, refuse } from './draft'
import type { NewLinks } from './new-link'
import { isOver, linkStatus } from './status'

type Needs = {
  store: Store
  clock: Clock
  plans: ReturnType<typeof plans>
  guests: Pick<ReturnType<typeof guests>, 'resume'>
  newLinks: NewLinks
  suspensions: Pick<Suspensions, 'gateOf'>
  onChanged: (change: LinkChange) => void
}

/** What happened to a link; for a deleted one the row as it was. */
export type LinkChange = { kind: 'created' | 'updated' | 'deleted'; link: Link }

/** Links: made, found and deleted under the rules that every dialect shares. */
export const links = ({
  store,
  clock,
  plans,
  guests,
  newLinks,
  suspensions,
  onChanged,
}: Needs) => ({
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
    readable({ store, clock, plans, suspensions }, { caller, code, right: 'readStats' }),

  /**
   * A link whose clicks the caller may take away: as simple CSV whoever may read them, in other formats
   * its account, when the plan includes them. Faults: as `readable`, and `plan_required`.
   */
  exportable: async (caller: Caller, code: string, { simple }: { simple: boolean }) => {
    const asked = { caller, code, right: 'export' } as const
    const { link, plan } = await readable({ store, clock, plans, suspensions }, asked)
    if (!simple && plan?.allExports !== true)
      throw new Fault('plan_required', { capability: 'allExports' })
    return link
  },

  /**
   * A link that is not deleted and whose statistics the caller's account may read, because it has made or
   * bound it. Fault `link_missing` for any other, public ones too.
   */
  own: async (caller: Caller, code: string): Promise<Link> => {
    const link = await meantBy(store, caller, code)
    if (link === null || link.deletedAt !== null) throw new Fault('link_missing')
    if (!may('account', 'readStats', caller, link, clock.now())) throw new Fault('link_missing')
    return link
  },

  /**
   * Binds links to the caller's account, which then reads their statistics as its plan says, and nothing
   * else; a guest's cookie proves which ones that browser made. Says of each code what became of it.
   */
  bind: async (caller: Caller, codes: readonly string[], cookie: string | null = null) => {
    const account = await mustHaveFullStats(plans, caller)
    const guest = cookie === null ? null : await guests.resume(cookie)
    const binder = { account: account.id, guest: guest?.account.id ?? null }
    return Promise.all(
      codes.map(async (code) => {
        const outcome = await store.links.bind(account.id, code, (link) =>
          judgeBinding(link, binder, clock.now()),
        )
        const isTheirs = outcome === 'not found' && (await hasMade(store, caller, code))
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

/**
 * The link that a code means to a caller; null when there is none. One they made on the domain that
 * everybody shares comes first, deleted or not, so that a deletion sent twice never hits another link;
 * then one on a domain of their own, when just one has the code; then anybody's on the shared one.
 */
export const meantBy = async (store: Store, caller: Caller, code: string): Promise<Link | null> => {
  const shared = await store.links.byCode(defaultDomain, code)
  if (caller.account === null || (shared !== null && isMaker(caller, shared))) return shared
  const [own, another] = await store.links.onDomainsOf(caller.account.id, code)
  return own !== undefined && another === undefined ? own : shared
}

const hasMade = async (store: Store, caller: Caller, code: string) => {
  const link = await meantBy(store, caller, code)
  return link !== null && link.deletedAt === null && isMaker(caller, link)
}

/** A link that a code means, with the plan of a caller whose account has made or bound it. */
const readable = async (
  { store, clock, plans, suspensions }: Pick<Needs, 'store' | 'clock' | 'plans' | 'suspensions'>,
  { caller, code, right }: { caller: Caller; code: string; right: Right },
): Promise<{ link: Link; plan: Plan | null }> => {
  const now = clock.now()
  const link = await meantBy(store, caller, code)
  if (link === null || !may('code', right, caller, link, now)) throw new Fault('link_missing')
  const isTheirs = may('account', right, caller, link, now)
  const judge = isTheirs ? linkStatus : suspensions.gateOf
  if (isOver(judge(link, now))) throw new Fault('link_gone')
  return { link, plan: isTheirs ? await plans.of(accountOf(caller)) : null }
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
  for (const account of accounts) if (await store.campaigns.isOf(account, campaignId)) return
  refuse('campaignId', 'is none of your campaigns')
}
