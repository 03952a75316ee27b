import { Elysia } from 'elysia'
import { type Auth, endpointOf } from '../auth'
import { Fault, type Level, type Limit, networkOf } from '../core'
import { minute } from '../time'
import { isJson, isOurs } from './authenticate'
import { type BodyBounds, readBody, UnreadableBody } from './body'
import type { DialectContext } from './dialect'
import { refusalOf, standardMessages, toFault } from './errors'
import { charge, excess, limitHeaders } from './rate-limits'
import { requestIdOf } from './request-log'

const root = '/api/auth'

/** Passkeys have the largest bodies and the deepest: a few KB in six levels. */
const bodyBounds: BodyBounds = { bytes: 16 * 1024, levels: 10 }

/** How often an address may try to get in, or make us send mail. */
export const signInLimits: readonly Limit[] = [
  { id: 'auth.minute', on: `${root}/*`, max: 120, per: minute, by: 'address' },
  { id: 'auth.sign-in.minute', on: `POST ${root}/sign-in/*`, max: 60, per: minute, by: 'address' },
  { id: 'auth.sign-up.minute', on: `POST ${root}/sign-up/*`, max: 5, per: minute, by: 'address' },
  {
    id: 'auth.reset.minute',
    on: `POST ${root}/request-password-reset`,
    max: 5,
    per: minute,
    by: 'address',
  },
]

/** Mounts the endpoints of signing in; what they are is in `src/auth/endpoints.ts`. */
export const signIn = (context: DialectContext, auth: Auth) =>
  new Elysia({ name: 'sign-in' }).all(
    `${root}/*`,
    async ({ request }) => {
      const startedAt = context.core.clock.monotonic()
      const requestId = requestIdOf(request, context)
      const { method } = request
      const path = new URL(request.url).pathname
      const route = root + (endpointOf(method, path.slice(root.length)) ?? '/*')
      const address = addressOf(context, request)
      const levels = context.limits ? levelsOf(context, request, { path, address }) : []
      const answer = await attended(context, auth, { request, path, address, levels }).catch(
        (error) => {
          const fault = toFault(error)
          if (fault.kind === 'internal') context.reportError(error, { method, route, requestId })
          return refuse(fault)
        },
      )
      const more = { ...always, ...limitHeaders(levels), 'X-Request-Id': requestId }
      for (const [name, value] of Object.entries(more)) answer.headers.set(name, value)
      const ms = context.core.clock.monotonic() - startedAt
      context.logRequest({ dialect: 'auth', method, route, status: answer.status, ms, requestId })
      return answer
    },
    { parse: 'none' },
  )

/** What every answer about signing in carries. */
const always = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer', // proofs come in queries
  'X-Content-Type-Options': 'nosniff',
}

/** Charges the asker's address. */
const levelsOf = ({ core }: DialectContext, { method }: Request, { path, address }: Asker) => {
  const caller = { address, account: null, key: null }
  return charge(core, signInLimits, { method, path, caller, plan: null })
}

const addressOf = (context: DialectContext, request: Request) =>
  context.proxies.address(context.peerOf(request) ?? '', request.headers.get('x-forwarded-for'))

type Asker = { path: string; address: string }
type Attended = Asker & { request: Request; levels: readonly Level[] }

async function attended(context: DialectContext, auth: Auth, asked: Attended) {
  const { request, levels } = asked
  const fault = excess(levels)
  if (fault !== null) throw fault
  const origin = context.proxies.origin(request, context.peerOf(request) ?? '')
  if (!mayAsk(context, request, origin)) throw new Fault('cross_site')
  const body = await bodyOf(request)
  const path = asked.path.slice(root.length)
  return auth.answer({ request, path, body, origin, network: networkOf(asked.address) })
}

/** Programs without cookies may ask; a browser only from our own pages, and with a cookie only in JSON. */
const mayAsk = ({ proxies }: DialectContext, request: Request, origin: string) => {
  const { method, headers } = request
  if (method === 'GET' || method === 'HEAD') return true
  const type = headers.get('content-type')
  if (headers.has('cookie') && type !== null && !isJson(type)) return false
  const isBrowser = ['cookie', 'origin', 'sec-fetch-site'].some((name) => headers.has(name))
  return !isBrowser || isOurs(proxies, headers, origin)
}

/** The JSON body; none at all counts as an empty one. */
async function bodyOf(request: Request): Promise<Record<string, unknown>> {
  if (request.method === 'GET' || request.body === null) return {}
  const body = await readBody(request, 'required', bodyBounds)
  if (body instanceof UnreadableBody) throw body.fault
  return body as Record<string, unknown>
}

const refuse = (fault: Fault): Response => {
  const { status, message, code, detail } = refusalOf(fault, standardMessages)
  const headers: Record<string, string> =
    detail.seconds === undefined ? {} : { 'Retry-After': String(detail.seconds) }
  return Response.json({ code: code.toUpperCase(), message }, { status, headers })
}
