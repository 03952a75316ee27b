import type { Clock } from '../clock'
import { createPasswordLines, type PasswordLine } from './password-lines'

/** The cost that OWASP recommends for argon2id: some 40 ms on a small board. */
const cost = { algorithm: 'argon2id', memoryCost: 19_456, timeCost: 2 } as const

/** What hashes; a test puts its own there. */
export type Hashing = Pick<typeof Bun.password, 'hash' | 'verify'>

export type Passwords = ReturnType<typeof createPasswords>

/**
 * Hashes and checks passwords off the serving thread, a few at a time. Fault: `passwords_busy` for whoever
 * would wait too long in their line.
 */
export const createPasswords = (
  clock: Pick<Clock, 'monotonic'>,
  hashing: Hashing = Bun.password,
  atOnce?: number,
) => {
  const inTurn = createPasswordLines(clock, atOnce)
  return {
    /** The hash to store for a password. */
    hash: (line: PasswordLine, password: string): Promise<string> =>
      inTurn(line, () => hashing.hash(password, cost)),

    /** Whether a password is the one behind a hash; `since`: when it began to wait, on the monotonic clock. */
    verify: (
      line: PasswordLine,
      password: string,
      hash: string,
      since?: number,
    ): Promise<boolean> =>
      inTurn(line, () => hashing.verify(password, hash).catch(unreadable), since),
  }
}

/** A stored text that is no hash is nobody's password. */
const unreadable = (error: Error & { code?: string }): false => {
  if (error.code?.startsWith('PASSWORD_')) return false
  throw error
}
