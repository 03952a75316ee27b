import type { Account, Store } from '../../store'
import type { Clock } from '../clock'
import { Fault } from '../fault'
import { hashSecret } from '../keys/keys'
import { refuse } from '../links/draft'
import type { accounts } from './accounts'

type Needs = {
  store: Store
  clock: Clock
  patch: ReturnType<typeof accounts>['patch']
}

/** A plan, and when it ends; null: never. */
export type Grant = { plan: string; until: Date | null }

/** Accounts by a key that opens them: how customers, who are nothing but a key, are put on plans. */
export const grants = ({ store, clock, patch }: Needs) => {
  /** The account that a key opens, however either stands. Fault: `record_missing`. */
  async function byKey(secret: string): Promise<Account> {
    const holder = await store.keys.byHash(hashSecret(secret))
    if (holder === null) throw new Fault('record_missing', { field: 'account' })
    return holder.account
  }

  return {
    byKey,

    /** Puts the account of a key on a plan, from its next request on. Faults: `record_missing`, `input_invalid`. */
    async grant(secret: string, { plan, until }: Grant): Promise<Account> {
      if (until !== null && !(until.getTime() > clock.now()))
        refuse('until', 'must be a date in the future')
      const { id } = await byKey(secret)
      return patch(id, { plan, planExpiresAt: until })
    },
  }
}
