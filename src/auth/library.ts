import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { genericOAuth, twoFactor } from 'better-auth/plugins'
import type { BetterAuthOptions } from 'better-auth/types'
import { bounds } from '../bounds'
import { type Core, Fault, hashSecret, readEmail, sessionLifetime } from '../core'
import type { Store } from '../store'
import { signInAdapter } from './adapter'
import { cookieGuards, cookieName } from './cookies'
import { judgeNewcomer } from './newcomers'
import { onlyOnce } from './one-time-codes'
import { aboutProof, storedIdentifier } from './proofs'
import { type ProviderOptions, readProviders } from './providers'

export type LibraryNeeds = {
  core: Core
  store: Store
  /** the path of the configured address, below which people see everything; no slash at the end */
  prefix: string
  /** signs cookies, seals second factors */
  secret: string
  providers: ProviderOptions
  /** sends the token that sets a new password; null: this server sends no mail */
  sendReset: ((email: string, token: string) => Promise<void>) | null
  /** what the library does after it answered; failures are told, never thrown */
  background: (work: Promise<unknown>) => void
  /** something the library did not expect */
  reportError: (error: unknown) => void
}

export type Library = ReturnType<typeof createLibrary>

/** Sets better-auth up on our tables, for connections by https or without, with providers or without. */
export const createLibrary = (needs: LibraryNeeds, https: boolean, withProviders: boolean) => {
  const { core, store, secret } = needs
  return betterAuth({
    appName: 'snug',
    basePath: `${needs.prefix}/api/auth`,
    secret: hashSecret(`signing in ${secret}`), // of one length, whatever the operator chose
    telemetry: { enabled: false },
    logger: { level: 'error', log: (_level, ...said) => needs.reportError(said) },
    // thrown, because what it handles itself it also writes to the console, bound values and all
    onAPIError: { errorURL: `${needs.prefix}/auth`, throw: true },
    database: signInAdapter(store.signIn, core.clock),
    rateLimit: { enabled: false }, // ours are charged before
    advanced: {
      cookiePrefix: cookieName('snug', https),
      useSecureCookies: false, // its prefix is the weaker `__Secure-`
      defaultCookieAttributes: cookieGuards(https),
      ipAddress: { disableIpTracking: true },
      database: { generateId: 'serial', validateSchema: false },
      backgroundTasks: { handler: needs.background },
    },
    ...people(needs),
    session: {
      fields: { userId: 'accountId', userAgent: 'label' },
      expiresIn: sessionLifetime / 1000,
      disableSessionRefresh: true, // idle sessions are ours to end
      cookieCache: { enabled: false }, // a revoked session ends with the next request
    },
    account: {
      fields: { userId: 'ownerId', accountId: 'subject' },
      updateAccountOnSignIn: false,
      accountLinking: { enabled: true },
    },
    verification: {
      storeIdentifier: { hash: (identifier) => Promise.resolve(storedIdentifier(identifier)) },
      additionalFields: {
        accountId: { type: 'number', required: false },
        label: { type: 'string', required: false },
      },
    },
    ...(withProviders ? { socialProviders: socialProviders(needs.providers) } : {}),
    plugins: [
      ...plugins(),
      onlyOnce({ store, clock: core.clock }),
      genericOAuth({ config: withProviders ? oidc(needs.providers) : [] }),
    ],
    databaseHooks: {
      session: { create: { before: refuseSuspended(core) } },
      verification: {
        create: {
          before: (proof, context) =>
            Promise.resolve({ data: aboutProof(proof, context?.headers) }),
        },
      },
      user: {
        create: {
          before: (user) => Promise.resolve({ data: { ...newcomer(core), ...spelled(user) } }),
        },
        update: { before: (user) => Promise.resolve({ data: spelled(user) }) },
      },
    },
  })
}

/** A column that the library writes, but that nobody outside may set or see. */
const ourField = { type: 'string', required: false, input: false, returned: false } as const

const people = ({ core, store, sendReset }: LibraryNeeds) =>
  ({
    user: {
      fields: { name: 'displayName' },
      additionalFields: { kind: ourField, plan: ourField },
      validateUserInfo: (told, { headers }) => judgeNewcomer({ core, store }, told, headers),
    },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: bounds.accountPasswordLeast,
      maxPasswordLength: bounds.accountPasswordMost,
      password: {
        hash: (password) => core.passwords.hash('signIn', password).catch(sayBusy),
        verify: ({ hash, password }) =>
          core.passwords.verify('signIn', password, hash).catch(sayBusy),
      },
      revokeSessionsOnPasswordReset: true,
      ...(sendReset === null
        ? {}
        : { sendResetPassword: ({ user, token }) => sendReset(user.email, token) }),
    },
  }) satisfies BetterAuthOptions

const socialProviders = (options: ProviderOptions) => {
  const { github, google } = readProviders(options)
  return {
    ...(github === null ? {} : { github }),
    ...(google === null ? {} : { google }),
  }
}

const oidc = (options: ProviderOptions) => {
  const { oidc } = readProviders(options)
  if (oidc === null) return []
  const { issuer, ...client } = oidc
  return [
    {
      ...client,
      providerId: 'oidc',
      scopes: ['openid', 'email', 'profile'],
      pkce: true,
      discoveryUrl: `${issuer}/.well-known/openid-configuration`,
    },
  ]
}

const plugins = () => [
  twoFactor({ issuer: 'snug', schema: { twoFactor: { fields: { userId: 'accountId' } } } }),
  passkey({ rpName: 'snug', schema: { passkey: { fields: { userId: 'accountId' } } } }),
]

/** What nobody chooses for themselves. */
const newcomer = ({ settings }: Core) => ({ kind: 'user', plan: settings.inForce.defaultPlan })

/** What people or providers say of somebody, as accounts keep it; pictures on other servers are not. */
const spelled = <U extends { name?: string; email?: string }>(user: U) => ({
  ...user,
  ...(user.name === undefined ? {} : { name: user.name.trim().slice(0, bounds.displayName) }),
  ...(user.email === undefined ? {} : { email: emailOf(user.email) }),
  image: null,
})

const emailOf = (email: string) => {
  try {
    return readEmail(email)
  } catch {
    throw new APIError('BAD_REQUEST', { code: 'INVALID_EMAIL', message: 'Invalid email' })
  }
}

/** Too many passwords at once are an answer, not a failure of ours. */
const sayBusy = (error: unknown): never => {
  if (!(error instanceof Fault) || error.kind !== 'passwords_busy') throw error
  const { seconds = 1 } = error.detail
  const message = `Too many passwords are being checked. Try again in ${seconds} seconds.`
  throw new APIError(
    'SERVICE_UNAVAILABLE',
    { code: 'PASSWORDS_BUSY', message },
    { 'Retry-After': `${seconds}` },
  )
}

/** No way in for a suspended account, whichever way it takes. */
const refuseSuspended = (core: Core) => async (session: { userId: string }) => {
  const account = await core.accounts.byId(Number(session.userId))
  if (account.suspended)
    throw new APIError('FORBIDDEN', {
      code: 'ACCOUNT_SUSPENDED',
      message: 'Your account has been suspended',
    })
}
