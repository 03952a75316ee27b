import type { Account, Store, TrustedDevice } from '../../store'
import type { Clock } from '../clock'
import { Fault } from '../fault'

/** What verbs about trusted devices need. */
type Needs = { store: Pick<Store, 'trustedDevices'>; clock: Pick<Clock, 'now'> }

/** Returns the devices on which the account's second factor is not asked for, the latest first. */
export function listTrustedDevices(
  { store, clock }: Needs,
  account: Pick<Account, 'id'>,
): Promise<TrustedDevice[]> {
  return store.trustedDevices.listTrustedDevices(account.id, new Date(clock.now()))
}

/** Asks for the second factor again on one of the account's devices. Fault: `record_missing`. */
export async function forgetTrustedDevice(
  { store }: Needs,
  account: Pick<Account, 'id'>,
  id: number,
): Promise<void> {
  if (!(await store.trustedDevices.forgetTrustedDevice(account.id, id)))
    throw new Fault('record_missing', { field: 'device' })
}
