import { bounds } from '../../bounds'
import { Fault } from '../fault'

/** An address with a domain that has a dot, as the sign-in takes it. */
const emailShape =
  /^(?!\.)(?!.*\.\.)[A-Za-z0-9_'+.-]*[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/

/** An email address as it is stored and compared: trimmed, in small letters. Fault: `input_invalid`. */
export const readEmail = (email: unknown): string => {
  const isShort = typeof email === 'string' && email.length <= bounds.email
  const text = isShort ? email.trim().toLowerCase() : ''
  if (!emailShape.test(text))
    throw refusal('email', 'must be an email address like ada@example.com')
  return text
}

/** A password that may be chosen. Fault: `input_invalid`. */
export const readPassword = (password: unknown): string => {
  const length = typeof password === 'string' ? password.length : 0
  if (
    typeof password !== 'string' ||
    length < bounds.accountPasswordLeast ||
    length > bounds.accountPasswordMost
  )
    throw refusal(
      'password',
      `must have ${bounds.accountPasswordLeast} to ${bounds.accountPasswordMost} characters`,
    )
  return password
}

/** A name to be called by. Fault: `input_invalid`. */
export const readName = (name: string): string => {
  if (name.length > bounds.displayName)
    throw refusal('displayName', `must have at most ${bounds.displayName} characters`)
  return name.trim()
}

const refusal = (field: string, reason: string) => new Fault('input_invalid', { field, reason })
