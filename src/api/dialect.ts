import { Elysia } from 'elysia'
import {
  type Account,
  type Core,
  Fault,
  type FaultKind,
  type KeyKinds,
  type Limit,
  type Random,
  type Session,
} from '../core'
import type { ReportError, RequestLogEntry } from '../http'
import type { PeerOf, ProxyTrust } from '../net'
import { authenticate, type DialectRequest } from './authenticate'
import { type BodyNeed, readBody, UnreadableBody } from './body'
import type { Credential } from './credentials'
import { type FaultMessage, type Refusal, refusalOf, toFault } from './errors'
import { messagesFor } from './messages'
import { covers } from './rate-limits'
import { logAnswered, requestIdOf } from './request-log'
import type { System } from './system'

/** One documented API surface, as data; its routes are the only code beside it. */
export type Dialect = {
  name: string
  title: string
  /** every path at or below these is answered in this dialect's manner */
  roots: readonly `/${string}`[]
  credentials: readonly Credential[]
  /** which secrets it takes */
  keys: KeyKinds
  /** where a customer key that nobody has used yet opens an account; like the lists below in the form of `Limit.on` */
  newKeysOn?: readonly string[]
  /** where a sign-in counts when no key was sent */
  session?: readonly string[]
  /** where nothing but a sign-in counts; other origins may not even ask */
  sessionOnly?: readonly string[]
  /** where a stranger is refused before their body is even judged */
  keyed?: readonly string[]
  /** where strangers count only while they may make links (`SNUG_PUBLIC`), and are refused as early */
  whenPublic?: readonly string[]
  /** where everybody but an administrator is refused as early */
  adminOnly?: readonly string[]
  /** where a key counts only on a plan with API access */
  apiAccess?: readonly string[]
  /** whose documents show no body: they need none */
  bodiless?: readonly string[]
  limits: readonly Limit[]
  faults: Record<FaultKind, FaultMessage>
  /** other words for some faults on some paths; the first pattern that covers a request counts */
  faultsOn?: readonly { on: string; faults: Partial<Record<FaultKind, FaultMessage>> }[]
  envelope: (refusal: Refusal) => unknown
  /** media type of refusals; unset: `application/json` */
  refusalType?: string
}

/** The account that a request's sign-in cookie speaks for; null when it has none that counts. */
export type SessionOf = (request: Request) => Promise<{ account: Account; session: Session } | null>

/** What the program tells of itself to whoever asks. */
export type About = {
  version: string
  /** ways to sign in beside a password */
  providers: readonly { id: string; name: string }[]
  /** names of options that the environment sets */
  environment: readonly string[]
}

/** What every dialect needs of the program around it. */
export type DialectContext = {
  about: About
  /** for administrators only; fault `admin_required` */
  system: System
  core: Core
  proxies: ProxyTrust
  peerOf: PeerOf
  sessionOf: SessionOf
  /** false switches every limit off */
  limits: boolean
  /** lets a request take as long as its client goes on reading */
  disableTimeout: (request: Request) => void
  reportError: ReportError
  /** told of every answered request of a dialect */
  logRequest: (request: RequestLogEntry) => void
  random: Random
}

/**
 * An Elysia instance that already identifies, limits and refuses in a dialect's manner; routes go on
 * it. Order: body read (not judged), caller identified, limits charged, body judged, then validation.
 */
export const serveDialect = (dialect: Dialect, context: DialectContext) =>
  authenticatedApp(dialect, context).onTransform(({ body, params }) => {
    if (body instanceof UnreadableBody) throw body.fault
    markUndecoded(params)
  })

/** Gives parts of a path that are no UTF-8, for which the framework has null, what such text is anywhere else. */
const markUndecoded = (params: Record<string, string | null> = {}) => {
  for (const [name, value] of Object.entries(params)) if (value === null) params[name] = '\ufffd'
}

/** What a dialect answers below its roots where it has no route: preflights, and its own 404. */
export const serveFallbacks = (dialect: Dialect, context: DialectContext) => {
  const app = authenticatedApp(dialect, context)
  const missing = () => {
    throw new Fault('route_missing')
  }
  for (const root of dialect.roots) {
    for (const path of [root, `${root}/*`]) {
      app.all(path, missing, { detail: { hide: true } })
      app.options(path, () => preflight(dialect), { detail: { hide: true } })
    }
  }
  return app
}

/**
 * What every answer of an API carries, whatever its request came with: nobody keeps what a key or a sign-in
 * opened, and no page that an answer leads to is told of a key in its address.
 */
const unshared = { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' }

const authenticatedApp = (dialect: Dialect, context: DialectContext) =>
  new Elysia()
    .onParse(({ request, path }) => readBody(request, bodyNeed(dialect, request.method, path)))
    .derive(({ request, set }) => {
      Object.assign(set.headers, unshared, { 'X-Request-Id': requestIdOf(request, context) })
      return { startedAt: context.core.clock.monotonic() }
    })
    .derive(async ({ request, path, query, body, set }) => ({
      caller: await authenticate(dialect, context, {
        request,
        path,
        query,
        body,
        set,
      } as DialectRequest),
    }))
    .onAfterResponse((answered) => logAnswered(dialect, context, answered))
    .onError(({ error, set, request, path, route }) => {
      const fault = toFault(error)
      if (fault.kind === 'internal')
        context.reportError(error, {
          method: request.method,
          route,
          requestId: String(set.headers['X-Request-Id']),
        })
      const refusal = refusalOf(fault, messagesFor(dialect, { method: request.method, path }))
      set.status = refusal.status
      if (fault.detail.seconds !== undefined) set.headers['Retry-After'] = `${fault.detail.seconds}`
      if (dialect.refusalType) set.headers['content-type'] = dialect.refusalType
      return dialect.envelope(refusal)
    })

const bodyNeed = ({ bodiless = [] }: Dialect, method: string, path: string): BodyNeed => {
  if (method === 'DELETE') return 'ignored'
  return bodiless.some((on) => covers({ on }, { method, path })) ? 'optional' : 'required'
}

/** The answer to a browser's CORS preflight: any origin may call, without cookies. */
const preflight = ({ credentials }: Dialect) => {
  const headers = credentials.flatMap(({ scheme }) => {
    if (scheme?.scheme === 'bearer') return ['Authorization']
    return scheme?.in === 'header' ? [scheme.name] : []
  })
  return new Response(null, {
    status: 204,
    headers: {
      'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
      'Access-Control-Allow-Headers': ['Content-Type', ...headers].join(', '),
      'Access-Control-Max-Age': '86400',
    },
  })
}
