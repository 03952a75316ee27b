import { trustMark } from '../store'
import { cookieName, isHttps, readCookie } from './cookies'
import { labelOf } from './label'

/** A proof as the library stores it. */
type Proof = { identifier: string; value: string }

/** How the library begins an identifier, and what tells it from others once it is hashed. */
const marked = [
  ['trust-device-', trustMark],
  ['2fa-attempts-', 'tries~'],
] as const

/**
 * Returns an identifier as it is stored: hashed, so that who reads the database proves nothing. The mark
 * in front is none of the library's own words, so that no stored text can be brought as an identifier.
 */
export const storedIdentifier = (identifier: string): string => {
  const mark = marked.find(([start]) => identifier.startsWith(start))?.[1] ?? ''
  return mark + new Bun.CryptoHasher('sha256').update(identifier).digest('base64url')
}

/** Returns what is stored of a new proof beside the library's columns. */
export const aboutProof = (proof: Proof, headers: Headers | undefined) => ({
  accountId: accountOfProof(proof),
  label: proof.identifier.startsWith(trustMark) ? labelOf(headers?.get('user-agent')) : '',
})

/** Returns the stored identifier of a browser's trust cookie, whether it counts or not; '' without one. */
export const trustedIdentifierOf = (headers: Headers, origin: string): string => {
  const cookie = readCookie(headers, cookieName('snug.trust_device', isHttps(origin)))
  const identifier = cookie?.split('!')[1]?.split('.')[0] ?? '' // proof!identifier.signature
  return identifier === '' ? '' : storedIdentifier(identifier)
}

/** The account that a proof lets somebody into, or ties a provider to; null when there is none. */
const accountOfProof = ({ identifier, value }: Proof): number | null => {
  if (identifier.startsWith('tries~')) return null
  const id = /^\d{1,15}$/.test(value) ? value : linkedAccount(value)
  return id === null ? null : Number(id)
}

/** The account to which a provider is being linked: what is kept meanwhile says so. */
const linkedAccount = (value: string): string | null => {
  const kept: unknown = value.startsWith('{') ? JSON.parse(value) : null
  const { link } = (kept ?? {}) as { link?: { userId?: unknown } }
  return typeof link?.userId === 'string' ? link.userId : null
}
