import { bounds } from '../../bounds'
import type { Store } from '../../store'
import { minute } from '../../time'
import type { Caller } from '../caller'
import type { Clock } from '../clock'
import { Fault } from '../fault'
import type { Buckets } from '../limits/bucket'
import { accountOf } from '../links/create'
import type { Passwords } from './passwords'

/** How old a sign-in may be where it has to stand in for a password that the account does not have, in ms. */
const freshFor = 10 * minute

/** Passwords that may be tried for one account. */
const tries = { max: 10, per: 10 * minute }

type Needs = {
  store: Pick<Store, 'passwords' | 'sessions'>
  passwords: Passwords
  buckets: Buckets
  clock: Clock
}

/**
 * Makes `confirmIdentity(caller, password)`: makes sure that it is the account's own person who asks for
 * something grave, and not somebody who found their session. They type their password again; an account without
 * one needs a sign-in of the last ten minutes, or a proxy that vouches for this very request. Faults:
 * `key_missing`, `input_invalid`, `password_wrong`, `sign_in_stale`, `rate_limited`, `passwords_busy`.
 */
export const createConfirmation = ({ store, passwords, buckets, clock }: Needs) => {
  async function refuseStale({ id }: { id: number }, session: Caller['session']) {
    if (session?.id === 'proxy') return
    const now = clock.now()
    const all = await store.sessions.all(id, new Date(now), new Date(0))
    const mine = all.find((one) => String(one.id) === session?.id)
    if (mine === undefined || now - mine.createdAt.getTime() > freshFor)
      throw new Fault('sign_in_stale')
  }

  return async function confirmIdentity(caller: Caller, password: unknown): Promise<void> {
    const account = accountOf(caller)
    const hash = await store.passwords.findPassword({ accountId: account.id })
    if (hash === null) return refuseStale(account, caller.session)
    if (typeof password !== 'string' || password === '')
      throw new Fault('input_invalid', { field: 'password', reason: 'is needed: your own, again' })
    const [level] = buckets.take([{ name: `confirm ${account.id}`, ...tries }])
    if (level !== undefined && level.wait > 0)
      throw new Fault('rate_limited', { seconds: Math.max(1, Math.ceil(level.wait / 1000)) })
    const isPossible = password.length <= bounds.accountPasswordMost
    if (!isPossible || !(await passwords.verify('signIn', password, hash)))
      throw new Fault('password_wrong')
  }
}
