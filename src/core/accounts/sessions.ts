import type { Account, SessionRow, Store } from '../../store'
import { day, hour } from '../../time'
import type { Clock } from '../clock'
import { Fault } from '../fault'
import { hashSecret } from '../keys/keys'

/** How long a sign-in lasts at most, in ms. */
export const sessionLifetime = 30 * day

/** How long it lasts without being used, in ms. */
export const sessionIdle = 7 * day

/** How far a clock that is set right may go back before what it dated then stops to count, in ms. */
export const clockSlack = hour

/** Sign-ins: whom a token speaks for, and how that ends. */
export const sessions = ({ store, clock }: { store: Store; clock: Clock }) => {
  const seenSince = () => new Date(clock.now() - sessionIdle)

  /** Nobody waits for this; what fails, because the disk is full or locked, the next request tries again. */
  const note = (work: Promise<void>) => void work.catch(() => {})

  return {
    /**
     * The account of a session token; null once it has expired, was revoked or the account is suspended,
     * and while it is one of the future: a clock that was wrong gave it more time than anybody gets.
     */
    async identify(token: string): Promise<{ account: Account; session: SessionRow } | null> {
      const found = await store.sessions.byToken(hashSecret(token))
      if (found === null || found.account.suspended) return null
      const now = clock.now()
      const { createdAt, updatedAt, expiresAt } = found.session
      if (Math.max(createdAt.getTime(), updatedAt.getTime()) > now + clockSlack) return null
      const idle = now - updatedAt.getTime()
      if (expiresAt.getTime() <= now || idle >= sessionIdle) return null
      if (idle >= hour) note(store.sessions.see(found.session.id, new Date(now)))
      return found
    },

    /** The account's sessions, the latest seen first. */
    all: (account: Pick<Account, 'id'>): Promise<SessionRow[]> =>
      store.sessions.all(account.id, new Date(clock.now()), seenSince()),

    /** Ends one of the account's sessions. Fault: `record_missing`. */
    async remove(account: Pick<Account, 'id'>, id: number): Promise<void> {
      if (!(await store.sessions.remove(account.id, id)))
        throw new Fault('record_missing', { field: 'session' })
    },

    /** Ends all of the account's sessions but this one, the trust in its devices and mailed resets too. */
    removeOthers: (account: Pick<Account, 'id'>, id: number) =>
      store.sessions.removeOthers(account.id, id),

    /** Deletes sessions that ended, and proofs that nobody brought in time. */
    purge: () => store.sessions.purge(new Date(clock.now()), seenSince()),
  }
}
