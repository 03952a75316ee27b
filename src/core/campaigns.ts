import { bounds } from '../bounds'
import type { CampaignWithLinks } from '../store'
import type { Caller } from './caller'
import type { CoreContext } from './context'
import { Fault } from './fault'
import { newRecordId } from './links/code'
import { accountOf } from './links/create'
import { refuse } from './links/draft'
import { scopeOf } from './links/list'

/** Returns the campaigns of the caller's account by name; an administrator's choice of account, or all. Fault: `admin_required`. */
export async function listCampaigns(
  { store }: Pick<CoreContext, 'store'>,
  caller: Caller,
  account?: number,
): Promise<CampaignWithLinks[]> {
  const [all] = await store.ask([{ ask: 'campaigns', account: scopeOf(caller, account) }] as const)
  return all
}

/** Returns a campaign that the caller may see. Fault: `record_missing`. */
export async function findCampaign(
  { store }: Pick<CoreContext, 'store'>,
  caller: Caller,
  id: string,
): Promise<CampaignWithLinks> {
  const account = scopeOf(caller, undefined)
  const [[found]] = await store.ask([{ ask: 'campaigns', account, id }] as const)
  if (found === undefined) throw new Fault('record_missing', { field: 'campaign' })
  return found
}

/** Creates a campaign for the caller's account. Fault: `input_invalid`. */
export async function createCampaign(
  { store, clock, random }: Pick<CoreContext, 'store' | 'clock' | 'random'>,
  caller: Caller,
  name: string,
): Promise<CampaignWithLinks> {
  const row = {
    id: newRecordId(random),
    accountId: accountOf(caller).id,
    name: readName(name),
    createdAt: new Date(clock.now()),
  }
  await store.campaigns.insert(row)
  return { ...row, links: 0 }
}

/** Renames a campaign; without a name nothing changes. Faults: `record_missing`, `input_invalid`. */
export async function renameCampaign(
  core: Pick<CoreContext, 'store'>,
  caller: Caller,
  id: string,
  name?: string,
): Promise<CampaignWithLinks> {
  const found = await findCampaign(core, caller, id)
  if (name === undefined) return found
  await core.store.campaigns.rename(found.accountId, id, readName(name))
  return findCampaign(core, caller, id)
}

/** Deletes a campaign; its links stay. Fault: `record_missing`. */
export async function deleteCampaign(
  core: Pick<CoreContext, 'store'>,
  caller: Caller,
  id: string,
): Promise<void> {
  const { accountId } = await findCampaign(core, caller, id)
  while (await core.store.campaigns.empty(id)); // there may be many links: not in one go
  await core.store.campaigns.remove(accountId, id)
}

function readName(name: string): string {
  const text = name.trim()
  return text === '' || text.length > bounds.name
    ? refuse('name', `must have 1 to ${bounds.name} characters`)
    : text
}
