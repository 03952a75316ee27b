import { LRUCache } from 'lru-cache'
import { type Core, hashSecret } from '../core'
import type { Store } from '../store'
import { createFailures, type Tried } from './failures'
import type { SignInRequest } from './forward'
import { tooMany } from './refusal'
import type { SignedIn } from './remote-user'

/** Endpoints that take the password of somebody who has signed in. */
const takesPassword = [
  '/change-password',
  '/two-factor/enable',
  '/two-factor/disable',
  '/two-factor/generate-backup-codes',
]

/** Failures in a row, of one network or session at one account, that cost nothing. */
const freeFromOnePlace = 5

/** Failures in a row at one account, from all places where nobody ever got in, that cost nothing. */
const freeFromAnywhere = 100

/** Whose password is tried. */
type Aim = { email: string } | { accountId: number }

type Needs = { core: Pick<Core, 'clock'>; store: Pick<Store, 'passwords'> }

/**
 * Slows down guessing of passwords, at sign-in or with a session that somebody found open. Each place
 * pays for its own failures first, so that strangers can't keep people out of their account; all
 * together pay after many more, but a place from which the account was opened before does not.
 */
export const createGuard = ({ core, store }: Needs) => {
  const ofPlace = createFailures({ clock: core.clock, free: freeFromOnePlace })
  const ofAll = createFailures({ clock: core.clock, free: freeFromAnywhere })
  /** accounts and places that go together: the password was right there */
  const familiar = new LRUCache<string, true>({ max: 10_000 })

  return async (
    visit: SignInRequest,
    mine: SignedIn | null,
    work: () => Promise<Response>,
  ): Promise<Response> => {
    const aim = aimOf(visit, mine)
    if (aim === null) return work()
    const mark = markOf(await store.passwords.findPassword(aim))
    const all: Tried = { name: nameOf(aim), mark }
    const near: Tried = { name: `${all.name} from ${placeOf(visit, mine)}`, mark }
    const isFamiliar = familiar.has(near.name)
    const wait = Math.max(ofPlace.wait(near), isFamiliar ? 0 : ofAll.wait(all))
    if (wait > 0) return tooMany(wait)
    ofPlace.countFailure(near) // until proved otherwise: tries at the same moment count as well
    if (!isFamiliar) ofAll.countFailure(all)
    const answer = await work()
    if (answer.ok) {
      familiar.set(near.name, true)
      ofPlace.forget(near)
    } else if (wasNotTried(answer)) ofPlace.takeBack(near)
    if (!isFamiliar && (answer.ok || wasNotTried(answer))) ofAll.takeBack(all)
    return answer
  }
}

/** Whether an answer says that the password was never looked at. */
const wasNotTried = ({ status }: Response) => status >= 500 || status === 429

/** Whose password is tried; null when none is. */
const aimOf = ({ path, body: { email } }: SignInRequest, mine: SignedIn | null): Aim | null => {
  if (path === '/sign-in/email')
    return { email: typeof email === 'string' ? email.trim().toLowerCase() : '' }
  return mine !== null && takesPassword.includes(path) ? { accountId: mine.account.id } : null
}

/** A network at sign-in; later the session, which nobody gets another one of without the password. */
const placeOf = ({ path, network }: SignInRequest, mine: SignedIn | null) =>
  mine !== null && takesPassword.includes(path) ? `session ${mine.session.id}` : network

const nameOf = (aim: Aim) => ('email' in aim ? `address ${aim.email}` : `account ${aim.accountId}`)

/** What tells one stored password from the next; no part of it helps anybody. */
const markOf = (stored: string | null) => (stored === null ? null : hashSecret(stored).slice(0, 16))
