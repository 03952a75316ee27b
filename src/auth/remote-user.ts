import { timingSafeEqual } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { type Account, type Core, Fault, hashSecret, type Session } from '../core'
import type { Store } from '../store'

/** Somebody who has signed in, one way or the other. */
export type SignedIn = { account: Account; session: Session }

/** The session of people whom a proxy vouches for: it has none of its own and ends with the proxy's. */
const proxySession: Session = { id: 'proxy' }

type Needs = {
  core: Pick<Core, 'accounts' | 'settings' | 'clock'>
  store: Pick<Store, 'remoteUsers'>
  /** what the proxy sends along in `Remote-Secret`; null: nothing */
  secret: string | null
  /** tells the operator something, with the account that it is about */
  warn: (message: string, properties: { account: number }) => void
}

/** What the headers of an authenticating proxy say of somebody. */
type Named = { name: string; email: string | null; displayName: string }

/**
 * Makes `identify(headers)`: returns whom the headers of an authenticating proxy name (Authelia, Authentik),
 * null when they name nobody. At first sight that is the account of the email address, made where strangers
 * may sign up; it is known by its `Remote-User` from then on. The caller has made sure that the peer is a
 * trusted proxy.
 */
export const remoteUser = ({ core, store, secret, ...given }: Needs) => {
  const { accounts, settings, clock } = core
  const told = new LRUCache<string, true>({ max: 1000 })
  const warn = (message: string, account: number): null => {
    if (!told.has(`${account} ${message}`)) given.warn(message, { account })
    told.set(`${account} ${message}`, true)
    return null
  }

  async function find(named: Named): Promise<Account | null> {
    const bound = await store.remoteUsers.findRemoteUser(named.name)
    if (bound === null) return findByEmail(named)
    const { name, email } = named
    if (email === null || email === name) return bound
    const isTheirs = (await accounts.byEmail(email))?.id === bound.id
    return isTheirs ? bound : warn(contradiction, bound.id)
  }

  async function findByEmail({ name, email, displayName }: Named): Promise<Account | null> {
    if (email === null) return null
    const known = await accounts.byEmail(email)
    if (known === null && settings.inForce.signup === 'off') return null
    const account = known ?? (await accounts.create({ email, displayName }))
    const at = new Date(clock.now())
    if (!account.emailVerified) {
      await store.remoteUsers.claimAccount(account.id, at)
      warn(claimed, account.id)
    }
    const isTheirs = await store.remoteUsers.bindRemoteUser(account.id, name, at)
    return isTheirs ? accounts.byId(account.id) : warn(contradiction, account.id)
  }

  return async (headers: Headers): Promise<SignedIn | null> => {
    const named = isVouched(headers, secret) ? readNamed(headers) : null
    const account = named === null ? null : await find(named).catch(nobody)
    return account === null || account.suspended ? null : { account, session: proxySession }
  }
}

const contradiction =
  'nobody is signed in: the proxy names account {account} by one Remote-User, and by another Remote-User or Remote-Email'
const claimed =
  'account {account} was made by somebody who had not proved its address; the person whom the proxy vouches for has it now, without the earlier passwords, keys and webhooks'

/** Nobody without `Remote-User`: a proxy may let a client's own `Remote-Email` through. */
const readNamed = (headers: Headers): Named | null => {
  const name = headers.get('remote-user')?.trim() ?? ''
  if (name === '' || name.length > longestName) return null
  const email = name.includes('@') ? name : headers.get('remote-email')?.trim() || null
  return { name, email, displayName: headers.get('remote-name') ?? '' }
}

const longestName = 254

const isVouched = (headers: Headers, secret: string | null): boolean => {
  const [sent, expected] = [headers.get('remote-secret') ?? '', secret ?? '']
  return (
    secret === null ||
    timingSafeEqual(Buffer.from(hashSecret(sent)), Buffer.from(hashSecret(expected)))
  )
}

/** A name that is no email address, or one that two requests brought at once, is nobody. */
const nobody = (error: unknown) => {
  if (error instanceof Fault) return null
  throw error
}
