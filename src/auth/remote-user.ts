import { type Account, type Core, Fault, type Session } from '../core'

/** Somebody who has signed in, one way or the other. */
export type SignedIn = { account: Account; session: Session }

/** The session of people whom a proxy vouches for: it has none of its own and ends with the proxy's. */
const proxySession: Session = { id: 'proxy' }

/**
 * Whom the headers of an authenticating proxy name (Authelia, Authentik): the account with that email
 * address, made at first sight where strangers may sign up. The caller has made sure that the peer is
 * a trusted proxy.
 */
export const remoteUser =
  ({ accounts, settings }: Core) =>
  async (headers: Headers): Promise<SignedIn | null> => {
    const email = headers.get('remote-email') || headers.get('remote-user')
    if (!email) return null
    const account = await found(email, headers.get('remote-name') ?? '').catch(nobody)
    return account === null || account.suspended ? null : { account, session: proxySession }

    async function found(address: string, displayName: string) {
      const known = await accounts.byEmail(address)
      if (known !== null || settings.inForce.signup === 'off') return known
      return accounts.create({ email: address, displayName })
    }
  }

/** A name that is no email address, or one that two requests brought at once, is nobody. */
const nobody = (error: unknown) => {
  if (error instanceof Fault) return null
  throw error
}
