import { Elysia } from 'elysia'
import type { Auth } from '../auth'
import { Fault, type Limit } from '../core'
import { isOurs } from './attend'
import { readBody, UnreadableBody } from './body'
import type { Kit } from './dialect'
import { speakFault, standardWords, toFault } from './faults'
import { charge, excess, limitHeaders, minute } from './limits'

const root = '/api/auth'

/** How often an address may try to get in, or make us send mail. */
export const signInLimits: readonly Limit[] = [
  { id: 'auth.minute', on: `${root}/*`, max: 120, per: minute, by: 'address' },
  { id: 'auth.sign-in.minute', on: `POST ${root}/sign-in/*`, max: 60, per: minute, by: 'address' },
  { id: 'auth.sign-up.minute', on: `POST ${root}/sign-up/*`, max: 5, per: minute, by: 'address' },
  {
    ...{ id: 'auth.reset.minute', on: `POST ${root}/request-password-reset` },
    ...{ max: 5, per: minute, by: 'address' },
  },
]

/** Mounts the endpoints of signing in; what they are is in `src/auth/endpoints.ts`. */
export const signIn = (kit: Kit, auth: Auth) => {
  const answer = async (request: Request): Promise<Response> => {
    try {
      return await attended(kit, auth, request)
    } catch (error) {
      const fault = toFault(error)
      if (fault.kind === 'internal') kit.surprise(error, request)
      return refuse(fault)
    }
  }
  return new Elysia({ name: 'sign-in' }).all(`${root}/*`, ({ request }) => answer(request), {
    parse: 'none',
  })
}

const attended = async (kit: Kit, auth: Auth, request: Request) => {
  const peer = kit.peerOf(request) ?? ''
  const origin = kit.client.origin(request, peer)
  const path = new URL(request.url).pathname
  const levels = kit.limits
    ? charge(kit.core, signInLimits, {
        ...{ method: request.method, path, plan: null },
        caller: {
          address: kit.client.address(peer, request.headers.get('x-forwarded-for')),
          account: null,
          key: null,
        },
      })
    : []
  const fault = excess(levels)
  if (fault !== null) throw fault
  if (!mayAsk(kit, request, origin)) throw new Fault('cross_site')
  const body = await bodyOf(request)
  const answer = await auth.answer({ request, path: path.slice(root.length), body, origin })
  return withHeaders(answer, limitHeaders(levels))
}

/** Programs without cookies may ask; a browser only from our own pages. */
const mayAsk = ({ client }: Kit, request: Request, origin: string) => {
  const { method, headers } = request
  if (method === 'GET' || method === 'HEAD') return true
  const isBrowser = ['cookie', 'origin', 'sec-fetch-site'].some((name) => headers.has(name))
  return !isBrowser || isOurs(client, headers, origin)
}

/** The JSON body; none at all counts as an empty one. */
const bodyOf = async (request: Request): Promise<Record<string, unknown>> => {
  if (request.method === 'GET' || request.body === null) return {}
  const body = await readBody(request, false)
  if (body instanceof UnreadableBody) throw body.fault
  return body as Record<string, unknown>
}

const refuse = (fault: Fault): Response => {
  const { status, message, code, detail } = speakFault(fault, standardWords)
  const answer = Response.json({ code: code.toUpperCase(), message }, { status })
  const { seconds } = detail
  return withHeaders(answer, seconds === undefined ? {} : { 'Retry-After': String(seconds) })
}

/** What every answer about signing in carries, and what this one does. */
const withHeaders = (answer: Response, more: Record<string, string>): Response => {
  const all = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', ...more }
  for (const [name, value] of Object.entries(all)) answer.headers.set(name, value)
  return answer
}
