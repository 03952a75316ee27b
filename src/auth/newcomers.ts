import type { BetterAuthOptions } from 'better-auth/types'
import type { Core } from '../core'
import type { Store } from '../store'
import { sessionTokenOf } from './cookies'

type Needs = { core: Pick<Core, 'settings' | 'sessions'>; store: Pick<Store, 'secondFactors'> }

type Told = Parameters<NonNullable<NonNullable<BetterAuthOptions['user']>['validateUserInfo']>>[0]

/**
 * Judges whom the library is about to let in. Returns why not, in the library's form: sign-up is off, a
 * provider has not proved the address, or the account has a second step, which no provider passes over
 * unless it was connected by somebody who had signed in.
 */
export async function judgeNewcomer(
  needs: Needs,
  { user, source }: Told,
  headers: Headers | undefined,
): Promise<{ error: string; errorDescription: string } | undefined> {
  if (source.action === 'create-user' && needs.core.settings.inForce.signup === 'off')
    return { error: 'signup_disabled', errorDescription: 'Sign-up is off on this server' }
  if (source.action === 'create-user' && source.method === 'oauth' && user.emailVerified !== true)
    return {
      error: 'email_not_proved',
      errorDescription: 'The provider has not proved the address',
    }
  if (source.action !== 'link-account') return undefined
  const id = Number(user.id)
  if (!(await needs.store.secondFactors.hasAny(id))) return undefined
  if ((await accountOf(needs, headers)) === id) return undefined
  return {
    error: 'second_step_first',
    errorDescription: 'This account has a second step: sign in to it, then connect the provider',
  }
}

/** The account that has signed in on the browser that came back; null: none. */
async function accountOf({ core }: Needs, headers = new Headers()): Promise<number | null> {
  const token = sessionTokenOf(headers, headers.get('origin') ?? '')
  const found = token === null ? null : await core.sessions.identify(token)
  return found?.account.id ?? null
}
