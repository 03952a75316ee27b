import type { Link, NewCustomer, Store } from '../../store'
import type { Caller } from '../caller'
import type { Clock } from '../clock'
import { Fault } from '../fault'
import { hashSecret, type keys, maskSecret } from '../keys/keys'
import type { LinkChange } from '../links/change'
import type { NewLinks, Unowned } from '../links/new-link'

type Needs = {
  store: Store
  clock: Clock
  options: { public: boolean; defaultPlan: string }
  keys: ReturnType<typeof keys>
  newLinks: NewLinks
  onChanged: (change: LinkChange) => void
}

/** Customers: accounts that are nothing but a key, made by shortening a first link. */
export const customers = ({ store, clock, options, keys, newLinks, onChanged }: Needs) => {
  const opening = (secret: string): NewCustomer => {
    const now = new Date(clock.now())
    return {
      account: { kind: 'customer', plan: options.defaultPlan, createdAt: now, updatedAt: now },
      key: { kind: 'customer', hash: hashSecret(secret), mask: maskSecret(secret), createdAt: now },
    }
  }

  /** Adds the first link of a key; when somebody else just used that key, the link joins theirs. */
  async function openWith(secret: string, link: Unowned): Promise<Link | null> {
    const made = await store.customers.open(opening(secret), link)
    if (typeof made === 'object') return made
    const holder = made === 'key taken' ? await keys.identify(secret, 'any', '') : null
    return holder === null ? null : store.links.insert({ ...link, ownerId: holder.account.id })
  }

  return {
    /**
     * Makes a link for a customer: for the account of the key that was sent, or for a new one that the
     * key (drawn when none was sent) opens. Answers the link and the key. Faults: `url_missing`,
     * `url_invalid`, and `key_invalid` or `creation_closed` when strangers may not make links.
     */
    async shorten(caller: Caller, destination: unknown): Promise<{ link: Link; secret: string }> {
      const { account } = caller
      if (account === null && !options.public)
        throw new Fault(caller.secret === null ? 'creation_closed' : 'key_invalid')
      const anonymous = account === null || account.kind !== 'user'
      const row = {
        ...(await newLinks.read(caller, { destination })),
        anonymous,
        publicStats: anonymous,
      }
      const secret = caller.secret ?? keys.newCustomerKey()
      const link = await newLinks.insert(null, (code) =>
        account === null
          ? openWith(secret, { ...row, code })
          : store.links.insert({ ...row, code, ownerId: account.id }),
      )
      onChanged({ kind: 'created', link })
      return { link, secret }
    },
  }
}
