import type { Domain } from '../../store'
import type { Caller } from '../caller'
import type { CoreContext } from '../context'
import { Fault } from '../fault'
import { newRecordId, type Random } from '../links/code'
import { accountOf } from '../links/create'
import { refuse } from '../links/draft'
import { scopeOf } from '../links/list'
import { plainHost } from './host'

/** Asks the DNS for a name's TXT records; none when there are none, or no answer came in time. */
export type ResolveTxt = (name: string) => Promise<string[]>

/** Where the record may stand: beside the host, because a host that is an alias can hold no record itself. */
export const txtNames = (host: string): string[] => {
  const name = host.replace(/:\d+$/, '')
  return [`_snug.${name}`, name]
}

/**
 * Returns the domains of the caller's account by host; an administrator's choice of account, or all. A domain is a
 * host whose short links belong to one account, once it has proved that it is its. Fault: `admin_required`.
 */
export function listDomains(
  { store }: Pick<CoreContext, 'store'>,
  caller: Caller,
  account?: number,
): Promise<Domain[]> {
  return store.domains.all(scopeOf(caller, account))
}

/** Returns a domain that the caller may see. Fault: `record_missing`. */
export async function findDomain(
  { store }: Pick<CoreContext, 'store'>,
  caller: Caller,
  id: string,
): Promise<Domain> {
  const found = await store.domains.own(scopeOf(caller, undefined), id)
  if (found === null) throw new Fault('record_missing', { field: 'domain' })
  return found
}

/** Adds a domain to the caller's account; it serves once verified. Faults: `input_invalid`, `domain_taken`. */
export async function createDomain(
  { store, clock, random }: Pick<CoreContext, 'store' | 'clock' | 'random'>,
  caller: Caller,
  host: string,
): Promise<Domain> {
  const row = {
    id: newRecordId(random),
    accountId: accountOf(caller).id,
    verified: false,
    host: readHost(host, caller),
    txtRecord: newTxtRecord(random),
    createdAt: new Date(clock.now()),
  }
  if (!(await store.domains.insert(row))) throw new Fault('domain_taken')
  return row
}

/**
 * Gives a domain without links another host, which must be verified anew; without one it stays. Faults:
 * `record_missing`, `input_invalid`, `still_used`, `domain_taken`.
 */
export async function renameDomain(
  core: Pick<CoreContext, 'store' | 'random' | 'hosts'>,
  caller: Caller,
  id: string,
  wanted?: string,
): Promise<Domain> {
  const { store, random, hosts } = core
  const domain = await findDomain(core, caller, id)
  if (wanted === undefined) return domain
  const host = readHost(wanted, caller)
  if (host === domain.host) return domain
  const taken = (await store.domains.all(domain.accountId)).some((other) => other.host === host)
  if (taken) throw new Fault('domain_taken')
  if (!(await store.domains.rename(id, host, newTxtRecord(random))))
    throw new Fault('still_used', { field: 'domain' })
  await hosts.refresh()
  return findDomain(core, caller, id)
}

/**
 * Verifies a domain by its TXT record; an administrator may do without. Faults: `record_missing`,
 * `admin_required`, `domain_unproved`, `domain_taken` when another account was first.
 */
export async function verifyDomain(
  core: Pick<CoreContext, 'store' | 'hosts' | 'resolveTxt'>,
  caller: Caller,
  id: string,
  { force }: { force: boolean },
): Promise<Domain> {
  const domain = await findDomain(core, caller, id)
  if (force && accountOf(caller).role !== 'admin') throw new Fault('admin_required')
  if (!force && !(await isProved(core, domain)))
    throw new Fault('domain_unproved', {
      field: 'txtRecord',
      reason: `was not found at ${txtNames(domain.host)[0]}; a new record may take a while to be seen`,
    })
  if (!(await core.store.domains.verify(id, domain.host))) throw new Fault('domain_taken')
  await core.hosts.refresh()
  return findDomain(core, caller, id)
}

/** Deletes a domain that has no links. Faults: `record_missing`, `still_used`. */
export async function deleteDomain(
  core: Pick<CoreContext, 'store' | 'hosts'>,
  caller: Caller,
  id: string,
): Promise<void> {
  await findDomain(core, caller, id)
  if (!(await core.store.domains.remove(id))) throw new Fault('still_used', { field: 'domain' })
  await core.hosts.refresh()
}

const newTxtRecord = (random: Random): string =>
  `snug-verify=${Buffer.from(random(16)).toString('hex')}`

async function isProved(
  { resolveTxt }: Pick<CoreContext, 'resolveTxt'>,
  { host, txtRecord }: Domain,
): Promise<boolean> {
  const found = await Promise.all(txtNames(host).map(resolveTxt))
  return found.flat().some((record) => record.trim() === txtRecord)
}

/** Names of hosts: no addresses, none of the other characters that URLs let through. */
const hostName = /^[a-z0-9._-]*[a-z][a-z0-9._-]*(:\d+)?$/

/** A host in its one spelling, with its port when that is not a usual one. Fault: `input_invalid`. */
export const readHost = (text: string, caller: Caller): string => {
  const host = text.includes('%') ? null : plainHost(text.trim())
  if (host === null || !hostName.test(host))
    return refuse('host', 'must be a host name like go.example.com')
  if (host === plainHost(new URL(caller.origin).host))
    return refuse('host', 'is the one this server has anyway')
  return host
}
