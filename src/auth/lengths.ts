import { bounds } from '../bounds'
import type { SignInRequest } from './forward'

/** Longest name that is taken, and cut; longest code or token that could be one. */
const longestText = 256

/** The most characters of a field, wherever an endpoint takes it. */
const longest: Record<string, number> = {
  email: bounds.email,
  name: longestText,
  password: bounds.accountPasswordMost,
  newPassword: bounds.accountPasswordMost,
  currentPassword: bounds.accountPasswordMost,
  code: longestText,
  token: longestText,
}

/** Returns what is too long of a request, before any pattern reads it; null when nothing is. */
export function findTooLong({
  request,
  body,
}: Pick<SignInRequest, 'request' | 'body'>): string | null {
  const query = new URL(request.url).searchParams
  for (const [field, most] of Object.entries(longest))
    for (const value of [body[field], ...query.getAll(field)])
      if (typeof value === 'string' && value.length > most)
        return `${field}: must have at most ${most} characters`
  return null
}
