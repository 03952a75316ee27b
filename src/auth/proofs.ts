/** A proof as the library stores it. */
type Proof = { identifier: string; value: string }

/** How identifiers of trusted devices begin where they are stored, so that they can be listed. */
export const trustPrefix = 'trust~'

/** How the library begins an identifier, and what tells it from others once it is hashed. */
const marked = [
  ['trust-device-', trustPrefix],
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

/** Returns the account that a proof lets somebody into, or ties a provider to; null when there is none. */
export const accountOfProof = ({ identifier, value }: Proof): number | null => {
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
