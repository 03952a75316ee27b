import type { Link, Plan, Store } from '../../store'
import { isMaker, judgeBinding, may, type Right } from '../access'
import type { Caller } from '../caller'
import type { CoreContext } from '../context'
import { defaultDomain } from '../domains/hosts'
import { Fault } from '../fault'
import { type Draft, refuse } from './draft'
import { isOver, linkStatus } from './status'

type ReadingContext = Pick<CoreContext, 'store' | 'clock' | 'plans' | 'suspensions'>

/**
 * Makes a link for the caller's account. Faults: `key_missing`, `plan_required` for a code of one's own,
 * `url_*`, `code_*`, `input_invalid`.
 */
export async function createLink(
  core: Pick<CoreContext, 'store' | 'plans' | 'newLinks' | 'tellLinkChange'>,
  caller: Caller,
  draft: Draft,
): Promise<Link> {
  const { store, plans, newLinks, tellLinkChange } = core
  const account = accountOf(caller)
  if (draft.code != null && !(await plans.of(account)).customCodes)
    throw new Fault('plan_required', { capability: 'customCodes' })
  const row = await newLinks.read(caller, draft)
  await mustOwn(store, account.id, draft)
  const link = await newLinks.insert(draft.code, (code) =>
    store.links.insert({ ...row, code, ownerId: account.id }),
  )
  tellLinkChange({ kind: 'created', link })
  return link
}

/** The link of a code, whatever its state; null when there is none. */
export async function findLinkByCode(
  { store }: Pick<CoreContext, 'store'>,
  domainId: string,
  code: string,
): Promise<Link | null> {
  return store.links.byCode(domainId, code)
}

/**
 * A link whose statistics the caller may read, a public one or their own; for their own with the plan that
 * says how much. Faults: `link_missing` for any other, as if it did not exist, and `link_gone` once it is over.
 */
export async function findReadableLink(core: ReadingContext, caller: Caller, code: string) {
  return findReadable(core, { caller, code, right: 'readStats' })
}

/**
 * A link whose clicks the caller may take away: as simple CSV whoever may read them, in other formats its
 * account, when the plan includes them. Faults: as `findReadableLink`, and `plan_required`.
 */
export async function findExportableLink(
  core: ReadingContext,
  caller: Caller,
  code: string,
  { simple }: { simple: boolean },
): Promise<Link> {
  const { link, plan } = await findReadable(core, { caller, code, right: 'export' })
  if (!simple && plan?.allExports !== true)
    throw new Fault('plan_required', { capability: 'allExports' })
  return link
}

/**
 * A link that is not deleted and whose statistics the caller's account may read, because it has made or
 * bound it. Fault `link_missing` for any other, public ones too.
 */
export async function findOwnLink(
  { store, clock }: Pick<CoreContext, 'store' | 'clock'>,
  caller: Caller,
  code: string,
): Promise<Link> {
  const link = await meantBy(store, caller, code)
  if (link === null || link.deletedAt !== null) throw new Fault('link_missing')
  if (!may('account', 'readStats', caller, link, clock.now())) throw new Fault('link_missing')
  return link
}

/**
 * Binds links to the caller's account, which then reads their statistics as its plan says, and nothing
 * else; a guest's cookie proves which ones that browser made. Says of each code what became of it.
 */
export async function bindLinks(
  core: Pick<CoreContext, 'store' | 'clock' | 'plans' | 'guests'>,
  caller: Caller,
  codes: readonly string[],
  cookie: string | null = null,
) {
  const { store, clock, guests } = core
  const account = await requireFullStats(core, caller)
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
}

/** Takes one redirect of a link with a ceiling; false when none is left. */
export async function spendRedirect(
  { store, clock }: Pick<CoreContext, 'store' | 'clock'>,
  id: number,
): Promise<boolean> {
  return store.links.spend(id, new Date(clock.now()))
}

/** The caller's account, when its plan includes all statistics. Faults: `key_missing`, `plan_required`. */
export async function requireFullStats({ plans }: Pick<CoreContext, 'plans'>, caller: Caller) {
  const account = accountOf(caller)
  if (!(await plans.of(account)).fullStats)
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
export async function meantBy(store: Store, caller: Caller, code: string): Promise<Link | null> {
  const shared = await store.links.byCode(defaultDomain, code)
  if (caller.account === null || (shared !== null && isMaker(caller, shared))) return shared
  const [own, another] = await store.links.onDomainsOf(caller.account.id, code)
  return own !== undefined && another === undefined ? own : shared
}

async function hasMade(store: Store, caller: Caller, code: string) {
  const link = await meantBy(store, caller, code)
  return link !== null && link.deletedAt === null && isMaker(caller, link)
}

/** A link that a code means, with the plan of a caller whose account has made or bound it. */
async function findReadable(
  { store, clock, plans, suspensions }: ReadingContext,
  { caller, code, right }: { caller: Caller; code: string; right: Right },
): Promise<{ link: Link; plan: Plan | null }> {
  const now = clock.now()
  const link = await meantBy(store, caller, code)
  if (link === null || !may('code', right, caller, link, now)) throw new Fault('link_missing')
  const isTheirs = may('account', right, caller, link, now)
  const judge = isTheirs ? linkStatus : suspensions.gateOf
  if (isOver(judge(link, now))) throw new Fault('link_gone')
  return { link, plan: isTheirs ? await plans.of(accountOf(caller)) : null }
}

/** A link may only join a campaign and a verified domain of its own account. */
async function mustOwn(store: Store, accountId: number, draft: Draft) {
  await mustOwnCampaign(store, [accountId], draft)
  await mustOwnDomain(store, accountId, draft)
}

/** A link's domain must be a verified one of this account. Fault: `input_invalid`. */
export async function mustOwnDomain(
  store: Store,
  accountId: number,
  { domainId }: Pick<Draft, 'domainId'>,
) {
  const domain = domainId ? await store.domains.own(accountId, domainId) : null
  if (domainId && domain?.verified !== true) refuse('domainId', 'is none of your verified domains')
}

/** A link's campaign must belong to one of these accounts. Fault: `input_invalid`. */
export async function mustOwnCampaign(
  store: Store,
  accounts: readonly number[],
  { campaignId }: Pick<Draft, 'campaignId'>,
) {
  if (!campaignId) return
  for (const account of accounts) if (await store.campaigns.isOf(account, campaignId)) return
  refuse('campaignId', 'is none of your campaigns')
}
