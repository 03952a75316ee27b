import { Fault } from './fault'

/** Longest email address, in characters. */
export const longestEmail = 254

/** Longest name somebody is called by. */
export const longestName = 100
const leastPassword = 8
const mostPassword = 256

/** An address with a domain that has a dot, as the sign-in takes it. */
const emailShape =
  /^(?!\.)(?!.*\.\.)[A-Za-z0-9_'+.-]*[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/

/** An email address as it is stored and compared: trimmed, in small letters. Fault: `input_invalid`. */
export const readEmail = (email: unknown): string => {
  const isShort = typeof email === 'string' && email.length <= longestEmail
  const text = isShort ? email.trim().toLowerCase() : ''
  if (!emailShape.test(text))
    throw refusal('email', 'must be an email address like ada@example.com')
  return text
}

/** A password that may be chosen. Fault: `input_invalid`. */
export const readPassword = (password: unknown): string => {
  const length = typeof password === 'string' ? password.length : 0
  if (typeof password !== 'string' || length < leastPassword || length > mostPassword)
    throw refusal('password', `must have ${leastPassword} to ${mostPassword} characters`)
  return password
}

/** A name to be called by. Fault: `input_invalid`. */
export const readName = (name: string): string => {
  if (name.length > longestName)
    throw refusal('displayName', `must have at most ${longestName} characters`)
  return name.trim()
}

/** The bounds of passwords, for those who ask before we do. */
export const passwordBounds = { least: leastPassword, most: mostPassword } as const

const refusal = (field: string, reason: string) => new Fault('input_invalid', { field, reason })
