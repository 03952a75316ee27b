import type { Account, Key, Link } from '../store'

/** A sign-in, as its cookie named it. */
export type Session = { id: string }

/** Whoever asks now; every verb that depends on it takes it first. */
export type Caller = {
  /** client address, behind trusted proxies the forwarded one */
  address: string
  /** where the caller reached us, or the configured base URL, no slash at the end */
  origin: string
  /** how a link's short URL reads for this caller */
  shortUrl: (link: Pick<Link, 'domainId' | 'code'>) => string
  /** null: a stranger */
  account: Account | null
  key: Key | null
  /** the sign-in they came with; null: a key or nothing */
  session: Session | null
  /** the secret as the caller sent it; without an account it is one we do not know yet */
  secret: string | null
}
