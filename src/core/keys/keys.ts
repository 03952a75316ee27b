import { bounds } from '../../bounds'
import type { Account, Key, Store } from '../../store'
import { day } from '../../time'
import type { Clock } from '../clock'
import { Fault } from '../fault'
import { ceilings } from '../limits/ceilings'
import type { plans } from '../limits/plans'
import { base62Maker, type Random } from '../links/code'
import { isWithin, readNetworks } from '../networks'
import type { Sealer } from '../secret'

const apiKey = /^sk_[0-9a-f]{64}$/
const customerKey = /^[\x21-\x7e]{12,128}$/
const year = 365 * day

/** Which secrets a dialect takes: `api` keys only, or customer keys as well. */
export type KeyKinds = 'api' | 'any'

/** How a secret is stored: SHA-256 in hex. It is random or the caller's own, so it needs no salt. */
export const hashSecret = (secret: string) =>
  new Bun.CryptoHasher('sha256').update(secret).digest('hex')

/** What is shown of a secret that can't be shown: `sk_1a2b3c4d_wxyz`. */
export const maskSecret = (secret: string) =>
  apiKey.test(secret)
    ? `${secret.slice(0, 11)}_${secret.slice(-4)}`
    : `${secret.slice(0, 4)}…${secret.slice(-2)}`

type Needs = {
  store: Store
  clock: Clock
  random: Random
  plans: ReturnType<typeof plans>
  sealer: Sealer
}

/** What is asked of a new key; it lives for a year unless told otherwise, null: for ever. */
export type KeyDraft = {
  name?: string
  expiresAt?: Date | null
  allowedIps?: readonly string[]
  /** whether the secret can be shown again */
  revealable?: boolean
}

/** What may change about a key. */
export type KeyPatch = Omit<KeyDraft, 'revealable'> & { active?: boolean }

/** An account may only make keys when its plan includes that. Fault: `plan_required`. */
async function mustMint(plans: Needs['plans'], account: Account) {
  if (!(await plans.of(account)).mintKeys)
    throw new Fault('plan_required', { capability: 'mintKeys' })
}

/** Keys: who holds one, how they are made, changed and revoked. */
export const keys = ({ store, clock, random, plans, sealer }: Needs) => {
  const draw = base62Maker(16, random)

  const make = (accountId: number, kind: 'api' | 'personal', draft: KeyDraft) => {
    const secret = `sk_${Buffer.from(random(32)).toString('hex')}`
    const now = clock.now()
    const row = {
      accountId,
      kind,
      hash: hashSecret(secret),
      mask: maskSecret(secret),
      ...readDraft({ name: '', expiresAt: new Date(now + year), allowedIps: [], ...draft }, now),
      sealed: draft.revealable ? sealer.seal(secret) : null,
      createdAt: new Date(now),
    }
    return { secret, row }
  }

  const shown = (key: Key): string | null =>
    key.sealed === null ? null : sealer.unseal(key.sealed)

  return {
    /**
     * The holder of a secret; null when it is a well-formed customer key nobody has used yet. Faults:
     * `key_malformed`, `key_invalid`, `key_inactive`, `key_expired`, `account_suspended`, `address_refused`.
     */
    async identify(
      secret: string,
      kinds: KeyKinds,
      address: string,
    ): Promise<{ account: Account; key: Key } | null> {
      const isApiKey = apiKey.test(secret)
      if (!isApiKey && (kinds === 'api' || !customerKey.test(secret)))
        throw new Fault('key_malformed')
      const holder = await store.keys.byHash(hashSecret(secret))
      if (holder === null && !isApiKey) return null
      if (holder === null) throw new Fault('key_invalid')
      const { key, account } = holder
      if (!key.active) throw new Fault('key_inactive')
      if (key.expiresAt !== null && key.expiresAt.getTime() <= clock.now())
        throw new Fault('key_expired')
      if (account.suspended) throw new Fault('account_suspended')
      if (!isWithin(key.allowedIps, address)) throw new Fault('address_refused')
      return holder
    },

    /** A new customer key: `a7k_` and 16 base62 characters. */
    newCustomerKey: () => `a7k_${draw()}`,

    /**
     * Makes a key; returns it with its secret, which is not stored. Faults: `plan_required`, `keys_full`,
     * `input_invalid`.
     */
    async mint(account: Account, draft: KeyDraft): Promise<{ key: Key; secret: string }> {
      await mustMint(plans, account)
      const { row, secret } = make(account.id, 'api', draft)
      return { key: (await store.keys.insertWithin(row, ceilings.keys.max)) ?? full(), secret }
    },

    /** All keys of an account, newest first, each with its secret when that can be shown. */
    async all(account: Account): Promise<{ key: Key; secret: string | null }[]> {
      return (await store.keys.all(account.id)).map((key) => ({ key, secret: shown(key) }))
    },

    /** Makes the account's personal key, which replaces the old one at once. Fault: `plan_required`. */
    async rotatePersonal(account: Account): Promise<{ key: Key; secret: string }> {
      await mustMint(plans, account)
      const { row, secret } = make(account.id, 'personal', { name: 'Personal', revealable: true })
      return { key: await store.keys.replacePersonal(row), secret }
    },

    /** The account's personal key with its secret, null when this instance can't show it; or null. */
    async personal(account: Account): Promise<{ key: Key; secret: string | null } | null> {
      const key = (await store.keys.all(account.id)).find(({ kind }) => kind === 'personal')
      return key === undefined ? null : { key, secret: shown(key) }
    },

    /** Changes a key from its next use on. Faults: `input_invalid`, `record_missing`. */
    async patch(account: Account, id: number, { active, ...draft }: KeyPatch): Promise<Key> {
      const changes = {
        ...readDraft(draft, clock.now()),
        ...(active === undefined ? {} : { active }),
      }
      const key = await store.keys.patch(account.id, id, changes)
      if (key === null) throw missing()
      return key
    },

    /** Revokes the key of a mask or secret, whoever holds it. Faults: `record_missing`, `input_invalid`. */
    async revoke(written: string): Promise<Key> {
      const [key, another] = await store.keys.named(written, hashSecret(written))
      if (key === undefined) throw missing()
      if (another !== undefined)
        throw new Fault('input_invalid', { field: 'mask', reason: 'several keys have it' })
      await store.keys.remove(key.accountId, key.id)
      return key
    },

    /** Revokes the account's key of a mask or secret from its next use on. Fault: `record_missing`. */
    async removeNamed(account: Account, written: string): Promise<void> {
      const wanted = hashSecret(written)
      const own = await store.keys.all(account.id)
      const key = own.find(({ hash, mask }) => hash === wanted || mask === written)
      if (key === undefined || !(await store.keys.remove(account.id, key.id))) throw missing()
    },

    /** Revokes a key from its next use on. Fault: `record_missing`. */
    async remove(account: Account, id: number): Promise<void> {
      if (!(await store.keys.remove(account.id, id))) throw missing()
    },
  }
}

const missing = () => new Fault('record_missing', { field: 'key' })

const full = (): never => {
  throw new Fault('keys_full')
}

/** What a draft says of a key, within its bounds; what it leaves out is left out. Fault: `input_invalid`. */
const readDraft = ({ name, expiresAt, allowedIps }: Omit<KeyDraft, 'revealable'>, now: number) => {
  const refuse = (field: string, reason: string) => new Fault('input_invalid', { field, reason })
  if (name !== undefined && name.length > bounds.name)
    throw refuse('name', `must have at most ${bounds.name} characters`)
  if (expiresAt != null && !(expiresAt.getTime() > now))
    throw refuse('expiresAt', 'must be an instant in the future')
  return {
    ...(name === undefined ? {} : { name: name.trim() }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(allowedIps === undefined ? {} : { allowedIps: readNetworks(allowedIps) }),
  }
}
