import type { Core } from '../core'
import type { Store } from '../store'
import { polish } from './answer'
import { createBackground } from './background'
import { isHttps, newSessionTokenOf, sessionTokenOf } from './cookies'
import { answerAboutDevices } from './devices'
import { endpointOf } from './endpoints'
import { forward, type SignInRequest } from './forward'
import { createGuard } from './guard'
import { guestCookie, guestSecretOf } from './guest-cookie'
import { findTooLong } from './lengths'
import { librariesOf } from './libraries'
import { strayField } from './own-path'
import type { ProviderOptions } from './providers'
import { invalid, missing, refusal } from './refusal'
import { remoteUser, type SignedIn } from './remote-user'
import { resetMail, type SendMail } from './reset-mail'
import { answerResetRequest } from './reset-request'

export { endpointOf, endpoints } from './endpoints'
export { guestCookie, guestSecretOf } from './guest-cookie'
export { providersOf } from './providers'
export type { SignedIn } from './remote-user'

export type Auth = ReturnType<typeof createAuth>

/** Columns of accounts that nobody chooses for themselves. */
const ourFields = ['kind', 'plan'] as const

type Needs = {
  core: Core
  store: Store
  secret: string
  config: ProviderOptions & {
    trustRemoteUser: boolean
    remoteUserSecret: string | null
    baseUrl: string | null
  }
  mail: SendMail | null
  /** where a request reached us */
  originOf: (request: Request) => string
  /** whether a trusted proxy hands the request on */
  isVouched: (request: Request) => boolean
  /** tells the operator something that they should look at */
  warn: (message: string, properties: Record<string, unknown>) => void
  /** tells the operator of an error nobody expected */
  reportError: (error: unknown) => void
}

/** Signing in: who a request's cookie or proxy speaks for, and the endpoints below `/api/auth`. */
export const createAuth = ({ core, store, secret, config, mail, ...given }: Needs) => {
  const remote = remoteUser({ core, store, secret: config.remoteUserSecret, warn: given.warn })
  const guard = createGuard({ core, store })
  const background = createBackground(given.reportError)
  const libraryFor = librariesOf({
    core,
    store,
    secret,
    providers: config,
    reportError: given.reportError,
    prefix: config.baseUrl === null ? '' : new URL(config.baseUrl).pathname.replace(/\/$/, ''),
    sendReset: mail === null ? null : resetMail(mail, config.baseUrl),
    background: background.watch,
  })

  /** Whom a request's session cookie speaks for; null when it has none that counts. */
  async function cookieHolder(headers: Headers, origin: string): Promise<SignedIn | null> {
    const token = headers.has('cookie') ? sessionTokenOf(headers, origin) : null
    const found = token === null ? null : await core.sessions.identify(token)
    return found && { account: found.account, session: { id: String(found.session.id) } }
  }

  /** Whoever has just signed in takes along what they made before. */
  async function adopt(visit: SignInRequest, answer: Response): Promise<string[]> {
    const token = newSessionTokenOf(answer, visit.origin)
    const guest = guestSecretOf(visit.request, visit.origin)
    if (token === null || guest === null) return []
    const found = await core.sessions.identify(token)
    if (found === null) return []
    await core.guests.join(guest, found.account)
    return [guestCookie(null, visit.origin)]
  }

  async function ask(visit: SignInRequest, mine: SignedIn | null): Promise<Response> {
    const library = await libraryFor(isHttps(visit.origin), visit.path)
    const answer = await library.handler(forward(visit, mine)).catch((error: unknown) => {
      given.reportError(error)
      return refusal(500, 'INTERNAL', 'Server error')
    })
    // the library takes a forged passkey for a failure of its own
    if (answer.status >= 500 && visit.path.startsWith('/passkey/verify-'))
      return invalid('This passkey could not be verified')
    return polish(answer, await adopt(visit, answer))
  }

  return {
    /** Whom a request speaks for, by its session cookie or its trusted proxy; null for a stranger. */
    async sessionOf(request: Request): Promise<SignedIn | null> {
      const { headers } = request
      const holder = headers.has('cookie')
        ? await cookieHolder(headers, given.originOf(request))
        : null
      if (holder !== null || !config.trustRemoteUser) return holder
      return given.isVouched(request) ? remote(headers) : null
    },

    /** Waits for what goes on after its answer: mails, mostly. */
    drain: background.drain,

    /** Answers a request below `/api/auth`. */
    async answer(visit: SignInRequest): Promise<Response> {
      const { request, path, body, origin } = visit
      if (endpointOf(request.method, path) === null) return missing()
      const tooLong = findTooLong(visit)
      if (tooLong !== null) return invalid(tooLong)
      const chosen = ourFields.find((field) => body[field] !== undefined)
      if (chosen !== undefined) return invalid(`${chosen}: is not yours to choose`)
      const stray = strayField(new URL(request.url).searchParams, body)
      if (stray !== null) return invalid(`${stray}: must be a path of this server`)
      const refused = refuse(path)
      if (refused !== null) return refused
      if (path === '/request-password-reset')
        return answerResetRequest({ core, store, background }, visit, () => ask(visit, null))
      const mine = await cookieHolder(request.headers, origin)
      const answered = await answerAboutDevices({ core, store }, visit, mine)
      return answered ?? guard(visit, mine, () => ask(visit, mine))
    },
  }

  /** What this server does not do, whoever asks. */
  function refuse(path: string): Response | null {
    if (path === '/sign-up/email' && core.settings.inForce.signup === 'off')
      return refusal(403, 'SIGNUP_DISABLED', 'Sign-up is off on this server')
    if (path === '/request-password-reset' && mail === null)
      return refusal(
        400,
        'NO_MAIL',
        'This server sends no mail. Ask its operator for a new password.',
      )
    return null
  }
}
