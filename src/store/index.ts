import { accountChangesStore } from './account-changes'
import { accountsStore } from './accounts'
import { campaignsStore } from './campaigns'
import { writeInPlace, writeInThread } from './clicks/clicks-thread'
import { createUnstored } from './clicks/unstored'
import { customersStore } from './customers'
import { deliveriesStore } from './deliveries'
import { deliveryClicksStore } from './delivery-clicks'
import { deliveryLogStore } from './delivery-log'
import { domainsStore } from './domains'
import { connect } from './engine/connect'
import { logInThread, ownLog } from './engine/log'
import { upkeepStore } from './engine/maintenance'
import { guestPurgeStore } from './guest-purge'
import { guestsStore } from './guests'
import { keysStore } from './keys'
import { linkChangesStore } from './link-changes'
import { linksStore } from './links'
import { passwordsStore } from './password'
import { plansStore } from './plans'
import { proofsStore } from './proofs'
import { readInPlace, readInThread } from './queries/reader'
import { remoteUsersStore } from './remote-users'
import { secondFactorsStore } from './second-factors'
import { settingsStore } from './settings'
import { transferStore } from './transfer'
import { trustedDevicesStore } from './trusted-devices'

export type { NewDelivery } from './deliveries'
export { backUp, endSignIns } from './engine/backup'

import { createWriter } from './engine/writer'
import { sessionsStore } from './sessions'
import { signInStore } from './sign-in'
import { webhooksStore } from './webhooks'

export type { AccountPatch } from './account-changes'
export type { NewUser } from './accounts'
export { dayOf, type NewClick } from './clicks/click'
export type { NewCustomer } from './customers'
export { isBehind, verifyFile } from './engine/inspect'
export { type Lock, lockFolder } from './engine/lock'
export { changesNothing } from './engine/patch'
export { createPauses, giveWay } from './engine/slices'
export { syncFile, syncFolder, writeWhole } from './engine/whole-file'
export type { AccountLine } from './everything'
export type { Guest } from './guests'
export type { KeyHolder, KeyPatch, KeyUse } from './keys'
export type { Binding, LinkPatch } from './link-changes'
export type * from './queries'
export { dimensions, linkSortColumns, linkStates } from './queries'
export { startOf } from './queries/time-buckets'
export type * from './schema'
export type { Whose } from './transfer'
export { type TrustedDevice, trustMark } from './trusted-devices'
export type { WebhookPatch } from './webhooks'

export type Store = ReturnType<typeof openStore>

/** How a database is opened. */
type StoreOptions = {
  /** whether the log is moved into the file; else that is left to another program, which replicates it */
  checkpoints?: boolean
  /** whether the calling thread answers others meanwhile: then another one waits for the disk */
  serving?: boolean
}

/**
 * Opens the database file, or a private one with `:memory:`; throws when it can't be used safely.
 */
export const openStore = (
  path: string,
  { checkpoints = true, serving = false }: StoreOptions = {},
) => {
  const connection = connect(path, checkpoints)
  const place = { path, checkpoints }
  const inMemory = path === ':memory:'
  const reader = inMemory ? readInPlace(connection) : readInThread(place)
  const unstored = createUnstored()
  const clicks = inMemory ? writeInPlace(connection) : writeInThread(connection, place)
  const log = (serving && !inMemory ? logInThread : ownLog)(connection.sqlite, place)
  const writer = createWriter(connection.sqlite, log.sync)
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
    upkeep: upkeepStore(connection, writer, place, log),

    /** Answers questions about clicks from one snapshot, off this thread. */
    ask: reader.ask,

    /** Waits for writes under way, checkpoints the log and lets the file go. */
    async close() {
      await writer.idle()
      await clicks.close()
      reader.close()
      log.close()
      if (checkpoints) connection.sqlite.run('PRAGMA wal_checkpoint(TRUNCATE)')
      connection.sqlite.close()
    },
  }
}
