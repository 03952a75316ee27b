import { timingSafeEqual } from 'node:crypto'
import type { Account, Store } from '../../store'
import { Fault } from '../fault'
import { hashSecret } from '../keys/keys'
import type { Random } from '../links/code'
import type { accounts } from './accounts'
import type { Passwords } from './passwords'
import { readPassword } from './person'

type Needs = {
  store: Store
  random: Random
  passwords: Passwords
  newUser: ReturnType<typeof accounts>['newUser']
}

/** The first administrator: made once, by whoever holds the token that the terminal showed. */
export const setUp = ({ store, random, passwords, newUser }: Needs) => {
  let expected: string | null = null
  /** there is no way back: the last administrator can't be deleted, suspended or made a member */
  let done = false

  async function hasAdmin(): Promise<boolean> {
    done ||= await store.accounts.hasAdmin()
    return done
  }

  async function makeAdmin(email: unknown, password: unknown): Promise<Account> {
    const user = newUser({ email, role: 'admin' })
    const hash = await passwords.hash('signIn', readPassword(password))
    const first = await store.accounts.insertFirstAdmin(user, hash)
    if (first === 'done') throw new Fault('set_up_done')
    if (first === 'email taken') throw new Fault('email_taken')
    expected = null
    return first
  }

  return {
    /** Whether this server still waits for its first administrator. */
    async needsSetUp(): Promise<boolean> {
      return !(await hasAdmin())
    },

    /** A new one-time token, in the place of the earlier one; null once there is an administrator. */
    async beginSetUp(): Promise<string | null> {
      if (await hasAdmin()) return null
      const token = Buffer.from(random(24)).toString('base64url')
      expected = hashSecret(token)
      return token
    },

    /**
     * Makes the first administrator for the holder of the token. Faults: `set_up_done` once there is
     * one, `set_up_refused` for another token, `input_invalid`, `email_taken`.
     */
    async setUp(token: unknown, email: unknown, password: unknown): Promise<Account> {
      if (await hasAdmin()) throw new Fault('set_up_done')
      if (!isExpected(expected, token)) throw new Fault('set_up_refused')
      return makeAdmin(email, password)
    },

    /** Makes the administrator that the options name, unless there is one; answers whether it did. */
    async makeFirstAdmin(email: string, password: string): Promise<boolean> {
      if (await hasAdmin()) return false
      await makeAdmin(email, password)
      return true
    },
  }
}

const isExpected = (expected: string | null, token: unknown) =>
  expected !== null &&
  typeof token === 'string' &&
  timingSafeEqual(Buffer.from(hashSecret(token)), Buffer.from(expected))
