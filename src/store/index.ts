import { accountChangesStore } from './account-changes'
import { accountsStore } from './accounts'
import { campaignsStore } from './campaigns'
import { writeInPlace, writeInThread } from './clicks-thread'
import { connect } from './connect'
import { customersStore } from './customers'
import { deliveriesStore } from './deliveries'
import { deliveryClicksStore } from './delivery-clicks'
import { deliveryLogStore } from './delivery-log'
import { domainsStore } from './domains'
import { guestPurgeStore } from './guest-purge'
import { guestsStore } from './guests'
import { keysStore } from './keys'
import { linkChangesStore } from './link-changes'
import { linksStore } from './links'
import { upkeepStore } from './maintenance'
import { passwordsStore } from './password'
import { plansStore } from './plans'
import { proofsStore } from './proofs'
import { readInPlace, readInThread } from './reader'
import { remoteUsersStore } from './remote-users'
import { secondFactorsStore } from './second-factors'
import { settingsStore } from './settings'
import { transferStore } from './transfer'
import { trustedDevicesStore } from './trusted-devices'
import { createUnstored } from './unstored'

export { backUp, endSignIns } from './backup'
export type { NewDelivery } from './deliveries'

import { sessionsStore } from './sessions'
import { signInStore } from './sign-in'
import { webhooksStore } from './webhooks'
import { createWriter } from './writer'

export type { AccountPatch } from './account-changes'
export type { NewUser } from './accounts'
export { dayOf, type NewClick } from './click'
export type { NewCustomer } from './customers'
export type { AccountLine } from './everything'
export type { Guest } from './guests'
export { isBehind, verifyFile } from './inspect'
export type { KeyHolder, KeyPatch, KeyUse } from './keys'
export type { Binding, LinkPatch } from './link-changes'
export { type Lock, lockFolder } from './lock'
export { changesNothing } from './patch'
export type * from './questions'
export { dimensions, linkSortColumns, linkStates } from './questions'
export { startOf } from './questions/time-buckets'
export type * from './schema'
export { sliceMs } from './slices'
export type { Whose } from './transfer'
export { type TrustedDevice, trustMark } from './trusted-devices'
export type { WebhookPatch } from './webhooks'
export { syncFile, syncFolder, writeWhole } from './whole-file'

export type Store = ReturnType<typeof openStore>

/**
 * Opens the database file, or a private one with `:memory:`; throws when it can't be used safely.
 * Without `checkpoints` moving the log into the file is left to another program, which replicates it.
 */
export const openStore = (path: string, { checkpoints = true }: { checkpoints?: boolean } = {}) => {
  const connection = connect(path, checkpoints)
  const writer = createWriter(connection.sqlite)
  const place = { path, checkpoints }
  const inMemory = path === ':memory:'
  const reader = inMemory ? readInPlace(connection) : readInThread(place)
  const unstored = createUnstored()
  const clicks = inMemory ? writeInPlace(connection) : writeInThread(connection, place)
  return {
    links: { ...linksStore(connection, writer), ...linkChangesStore(connection, writer, unstored) },
    unstored,
    accounts: { ...accountsStore(connection, writer), ...accountChangesStore(connection, writer) },
    sessions: sessionsStore(connection, writer),
    signIn: signInStore(connection, writer),
    proofs: proofsStore(connection, writer),
    passwords: passwordsStore(connection),
    secondFactors: secondFactorsStore(connection, writer),
    remoteUsers: remoteUsersStore(connection, writer),
    trustedDevices: trustedDevicesStore(connection, writer),
    customers: customersStore(connection, writer),
    guests: { ...guestsStore(connection, writer), ...guestPurgeStore(connection, writer) },
    keys: keysStore(connection, writer),
    plans: plansStore(connection, writer),
    settings: settingsStore(connection, writer),
    campaigns: campaignsStore(connection, writer),
    domains: domainsStore(connection, writer),
    clicks,

    webhooks: webhooksStore(connection, writer),
    deliveries: {
      ...deliveriesStore(connection, writer),
      ...deliveryClicksStore(connection, writer),
      ...deliveryLogStore(connection, writer),
    },

    /** Everything, for exports and imports. */
    transfer: transferStore(connection, writer),

    /** The database's own state and copies. */
    upkeep: upkeepStore(connection, writer, place),

    /** Answers questions about clicks from one snapshot, off this thread. */
    ask: reader.ask,

    /** Waits for writes under way, checkpoints the log and lets the file go. */
    close: async () => {
      await writer.idle()
      await clicks.close()
      reader.close()
      if (checkpoints) connection.sqlite.run('PRAGMA wal_checkpoint(TRUNCATE)')
      connection.sqlite.close()
    },
  }
}
