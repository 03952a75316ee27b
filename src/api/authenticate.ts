import { type Caller, Fault, type Plan, plainOrigin } from '../core'
import type { ProxyTrust } from '../net'
import type { Dialect, DialectContext } from './dialect'
import { charge, covers, excess, limitHeaders } from './rate-limits'

/** The context fields that `authenticate` reads, named here so that Elysia parses nothing else. */
export type DialectRequest = {
  request: Request
  path: string
  query: Record<string, string | undefined>
  body: unknown
  set: { headers: Record<string, string | number> }
}

const exposed = 'RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, X-Request-Id'

/** Finds out who asks and charges their limits; throws the fault of whoever may not go on. */
export async function authenticate(
  dialect: Dialect,
  context: DialectContext,
  visit: DialectRequest,
): Promise<Caller> {
  const { headers } = visit.set
  headers['X-Content-Type-Options'] = 'nosniff'
  if (!isCovered(dialect.sessionOnly, visit)) {
    headers['Access-Control-Allow-Origin'] = '*'
    headers['Access-Control-Expose-Headers'] = exposed
  }
  const { caller, refused } = await identify(dialect, context, visit)
  const plan = caller.account === null ? null : await context.core.plans.of(caller.account)
  const isPreflight = visit.request.method === 'OPTIONS' // asked by the browser, not by the page
  if (context.limits && !isPreflight) chargeLimits(dialect, context, visit, { caller, plan })
  if (refused !== null) throw refused
  if (!isPreflight) refuseOutsiders(dialect, context, visit, { caller, plan })
  if (caller.key !== null) context.core.keyUses.note(caller.key.id)
  return caller
}

/**
 * Whom a request that was answered before would speak for if it came again now; null when it would be
 * refused. Costs none of the limits.
 */
export async function identifyAgain(
  dialect: Dialect,
  context: DialectContext,
  { request, path }: Pick<DialectRequest, 'request' | 'path'>,
): Promise<Caller | null> {
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const visit = { request, path, query, body: undefined, set: { headers: {} } }
  const { caller, refused } = await identify(dialect, context, visit)
  if (refused !== null) return null
  const plan = caller.account === null ? null : await context.core.plans.of(caller.account)
  try {
    refuseOutsiders(dialect, context, visit, { caller, plan })
    return caller
  } catch (error) {
    if (error instanceof Fault) return null
    throw error
  }
}

const isCovered = (patterns: readonly string[] | undefined, { request, path }: DialectRequest) =>
  patterns?.some((on) => covers({ on }, { method: request.method, path })) ?? false

type Asking = { caller: Caller; plan: Plan | null }

const chargeLimits = (
  dialect: Dialect,
  { core }: DialectContext,
  { request, path, set }: DialectRequest,
  asking: Asking,
) => {
  const levels = charge(core, dialect.limits, { method: request.method, path, ...asking })
  Object.assign(set.headers, limitHeaders(levels))
  const fault = excess(levels)
  if (fault !== null) throw fault
}

/** Strangers where somebody must ask, members where administrators do, and keys whose plan has no API access. */
const refuseOutsiders = (
  dialect: Dialect,
  { core }: DialectContext,
  visit: DialectRequest,
  asking: Asking,
) => {
  const { caller, plan } = asking
  const isStranger = caller.account === null
  if (isStranger && isCovered(dialect.keyed, visit)) throw new Fault('key_missing')
  if (isStranger && !core.settings.inForce.public && isCovered(dialect.whenPublic, visit))
    throw new Fault(caller.secret === null ? 'creation_closed' : 'key_invalid')
  if (caller.account?.role !== 'admin' && isCovered(dialect.adminOnly, visit))
    throw new Fault('admin_required')
  const isShut = caller.key !== null && plan?.apiAccess !== true
  if (isShut && isCovered(dialect.apiAccess, visit))
    throw new Fault('plan_required', { capability: 'apiAccess' })
}

/** The caller, and why what they sent is refused; even the refused pay for their request. */
async function identify(dialect: Dialect, context: DialectContext, visit: DialectRequest) {
  const { request } = visit
  const peer = context.peerOf(request) ?? ''
  const address = context.proxies.address(peer, request.headers.get('x-forwarded-for'))
  const origin = context.proxies.origin(request, peer)
  const shortUrl: Caller['shortUrl'] = (link) => context.core.hosts.shortUrl(origin, link)
  const nobody = { account: null, key: null, session: null, secret: null }
  const stranger: Caller = { address, origin, shortUrl, ...nobody }
  let caller = stranger
  try {
    caller = { ...stranger, ...(await holderOf(dialect, context, visit, address)) }
    if (caller.session !== null) refuseCrossSite(context, request, origin)
    return { caller, refused: null }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { caller, refused: error }
  }
}

/** Whom the request's key speaks for; without a key, where that counts, whoever has signed in. */
async function holderOf(
  dialect: Dialect,
  context: DialectContext,
  visit: DialectRequest,
  address: string,
) {
  if (isCovered(dialect.sessionOnly, visit)) {
    const signedIn = await context.sessionOf(visit.request)
    if (signedIn === null) throw new Fault('session_missing')
    return signedIn
  }
  const [secret, another] = secretsOf(dialect, visit)
  if (another !== undefined) throw new Fault('key_invalid')
  if (secret !== undefined) {
    const holder = await context.core.keys.identify(secret, dialect.keys, address)
    if (holder === null && !isCovered(dialect.newKeysOn, visit)) throw new Fault('key_invalid')
    return { secret, ...holder }
  }
  return isCovered(dialect.session, visit) ? context.sessionOf(visit.request) : null
}

/** The different secrets that a request holds. */
const secretsOf = ({ credentials }: Dialect, { request, query, body }: DialectRequest) => {
  const sent = { headers: request.headers, query, body }
  return [...new Set(credentials.map(({ read }) => read(sent)).filter((key) => key !== null))]
}

/** A cookie comes along with any page's request; only our own pages may change something by it. */
const refuseCrossSite = (
  { proxies }: DialectContext,
  { method, headers }: Request,
  origin: string,
) => {
  if (method === 'GET' || method === 'HEAD') return
  const type = headers.get('content-type')
  if (!isOurs(proxies, headers, origin) || (type !== null && !isJson(type)))
    throw new Fault('cross_site')
}

/** Whether a browser says that one of our own pages asks: with a configured origin, only one of that. */
export const isOurs = ({ isFixed }: ProxyTrust, headers: Headers, origin: string) => {
  const from = headers.get('origin')
  if (from !== null && plainOrigin(from) === plainOrigin(origin)) return true
  if (from !== null && isFixed) return false
  return ['same-origin', 'none'].includes(headers.get('sec-fetch-site') ?? '')
}

/** Whether a `Content-Type` is JSON. */
export const isJson = (type: string) => /^\s*application\/json\s*(;|$)/i.test(type)
