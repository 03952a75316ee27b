import type { Account, Store } from '../../store'
import type { Caller } from '../caller'
import { Fault } from '../fault'
import { accountOf } from '../links/create'

/** The caller's account, when it is an administrator's. Faults: `key_missing`, `admin_required`. */
export const adminOf = (caller: Caller): Account => {
  const account = accountOf(caller)
  if (account.role !== 'admin') throw new Fault('admin_required')
  return account
}

/**
 * Makes `subjectOf(caller, id)`: the account whose things a request is about, the caller's own or, for
 * administrators, the one they name. Faults: `key_missing`, `admin_required`, `record_missing`.
 */
export const subjects =
  (store: Store) =>
  async (caller: Caller, id: number | undefined): Promise<Account> => {
    const own = accountOf(caller)
    if (id === undefined || id === own.id) return own
    adminOf(caller)
    const account = await store.accounts.byId(id)
    if (account === null) throw new Fault('record_missing', { field: 'account' })
    return account
  }
