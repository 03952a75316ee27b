import { bounds } from '../bounds'
import type { CampaignWithLinks, Store } from '../store'
import type { Caller } from './caller'
import type { Clock } from './clock'
import { Fault } from './fault'
import { newRecordId, type Random } from './links/code'
import { accountOf } from './links/create'
import { refuse } from './links/draft'
import { scopeOf } from './links/list'

type Needs = { store: Store; clock: Clock; random: Random }

/** Campaigns: named groups of an account's links. */
export const campaigns = ({ store, clock, random }: Needs) => {
  const byId = async (caller: Caller, id: string): Promise<CampaignWithLinks> => {
    const account = scopeOf(caller, undefined)
    const [[found]] = await store.ask([{ ask: 'campaigns', account, id }] as const)
    if (found === undefined) throw new Fault('record_missing', { field: 'campaign' })
    return found
  }

  return {
    /** The campaigns a caller may see, by name. */
    all: async (caller: Caller, account?: number): Promise<CampaignWithLinks[]> => {
      const [all] = await store.ask([
        { ask: 'campaigns', account: scopeOf(caller, account) },
      ] as const)
      return all
    },

    /** One of them. Fault: `record_missing`. */
    byId,

    /** Makes one for the caller's account. Fault: `input_invalid`. */
    create: async (caller: Caller, name: string): Promise<CampaignWithLinks> => {
      const row = {
        ...{ id: newRecordId(random), accountId: accountOf(caller).id, name: readName(name) },
        createdAt: new Date(clock.now()),
      }
      await store.campaigns.insert(row)
      return { ...row, links: 0 }
    },

    /** Renames one; without a name nothing changes. Faults: `record_missing`, `input_invalid`. */
    rename: async (caller: Caller, id: string, name?: string): Promise<CampaignWithLinks> => {
      const found = await byId(caller, id)
      if (name === undefined) return found
      const { accountId } = found
      await store.campaigns.rename(accountId, id, readName(name))
      return byId(caller, id)
    },

    /** Deletes one; its links stay. Fault: `record_missing`. */
    remove: async (caller: Caller, id: string): Promise<void> => {
      const { accountId } = await byId(caller, id)
      while (await store.campaigns.empty(id)); // there may be many links: not in one go
      await store.campaigns.remove(accountId, id)
    },
  }
}

const readName = (name: string): string => {
  const text = name.trim()
  return text === '' || text.length > bounds.name
    ? refuse('name', `must have 1 to ${bounds.name} characters`)
    : text
}
