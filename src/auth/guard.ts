import type { Clock } from '../core'
import { createFailures } from './failures'
import { tooMany } from './refusal'
import type { SignedIn } from './remote-user'

/** Endpoints that take the password of somebody who has signed in. */
const takesPassword = [
  ...['/change-password', '/two-factor/enable', '/two-factor/disable'],
  '/two-factor/generate-backup-codes',
]

/** Longest address that is told from others. */
const longestName = 254

/** Slows down whoever guesses passwords, at sign-in or with a session they found open. */
export const createGuard = (clock: Clock) => {
  const failures = createFailures(clock)

  return async (
    path: string,
    body: Record<string, unknown>,
    mine: SignedIn | null,
    work: () => Promise<Response>,
  ): Promise<Response> => {
    const name = nameOf(path, body, mine)
    if (name === null) return work()
    const wait = failures.wait(name)
    if (wait > 0) return tooMany(wait)
    failures.failed(name) // until proved otherwise: tries at the same moment count as well
    const answer = await work()
    if (answer.ok) failures.succeeded(name)
    return answer
  }
}

/** Whose password is tried; null when none is. */
const nameOf = (path: string, { email }: Record<string, unknown>, mine: SignedIn | null) => {
  if (path === '/sign-in/email') {
    const address = typeof email === 'string' ? email.trim().toLowerCase() : ''
    return `address ${address.slice(0, longestName)}`
  }
  return mine !== null && takesPassword.includes(path) ? `account ${mine.account.id}` : null
}
