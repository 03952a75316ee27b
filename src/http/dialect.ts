import { Elysia } from 'elysia'
import { type Caller, type Core, Fault, type FaultKind, type KeyKinds } from '../core'
import { readBody, UnreadableBody } from './body'
import type { Client } from './client'
import type { Credential } from './credentials'
import { type Refusal, speakFault, toFault, type Words } from './faults'
import { charge, covers, excess, type Limit, limitHeaders } from './limits'

/** One documented API surface, as data; its routes are the only code beside it. */
export type Dialect = {
  name: string
  title: string
  /** every path at or below these is answered in this dialect's manner */
  roots: readonly `/${string}`[]
  credentials: readonly Credential[]
  /** which secrets it takes */
  keys: KeyKinds
  /** where a customer key that nobody has used yet opens an account, in the form of `Limit.on` */
  newKeysOn?: string
  limits: readonly Limit[]
  faults: Record<FaultKind, Words>
  envelope: (refusal: Refusal) => unknown
}

/** The peer's TCP address; null when the server can't tell. */
export type PeerOf = (request: Request) => string | null

/** What every dialect needs of the program around it. */
export type Kit = {
  core: Core
  client: Client
  peerOf: PeerOf
  /** false switches every limit off */
  limits: boolean
  /** tells the operator of an error nobody expected */
  surprise: (error: unknown, request: Request) => void
}

/** The context fields that `attend` reads, named here so that Elysia parses nothing else. */
type Visit = {
  request: Request
  path: string
  query: Record<string, string | undefined>
  body: unknown
  set: { headers: Record<string, string | number> }
}

/**
 * An Elysia instance that already identifies, limits and refuses in a dialect's manner; routes go on
 * it. Order: body read (not judged), caller identified, limits charged, body judged, then validation.
 */
export const speak = (dialect: Dialect, kit: Kit) =>
  attended(dialect, kit).onTransform(({ body }) => {
    if (body instanceof UnreadableBody) throw body.fault
  })

/** What a dialect answers below its roots where it has no route: preflights, and its own 404. */
export const speakElsewhere = (dialect: Dialect, kit: Kit) => {
  const app = attended(dialect, kit)
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

const attended = (dialect: Dialect, kit: Kit) =>
  new Elysia()
    .onParse(({ request }) => readBody(request))
    .derive(async ({ request, path, query, body, set }) => ({
      caller: await attend(dialect, kit, { request, path, query, body, set } as Visit),
    }))
    .onError(({ error, set, request }) => {
      const fault = toFault(error)
      if (fault.kind === 'internal') kit.surprise(error, request)
      const refusal = speakFault(fault, dialect.faults)
      set.status = refusal.status
      if (fault.detail.seconds !== undefined) set.headers['Retry-After'] = `${fault.detail.seconds}`
      return dialect.envelope(refusal)
    })

const attend = async (dialect: Dialect, kit: Kit, visit: Visit): Promise<Caller> => {
  const { request, path, set } = visit
  set.headers['X-Content-Type-Options'] = 'nosniff'
  set.headers['Access-Control-Allow-Origin'] = '*'
  set.headers['Access-Control-Expose-Headers'] = exposed
  const { caller, refused } = await identify(dialect, kit, visit)
  if (kit.limits) {
    const levels = charge(kit.core.buckets, dialect.limits, {
      method: request.method,
      path,
      caller,
    })
    Object.assign(set.headers, limitHeaders(levels))
    const fault = excess(levels)
    if (fault !== null) throw fault
  }
  if (refused !== null) throw refused
  return caller
}

const exposed = 'RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After'

/** The caller, and why the key they sent is refused; even the refused pay for their request. */
const identify = async (dialect: Dialect, kit: Kit, visit: Visit) => {
  const { credentials, keys } = dialect
  const { request, query, body } = visit
  const peer = kit.peerOf(request) ?? ''
  const address = kit.client.address(peer, request.headers.get('x-forwarded-for'))
  const origin = kit.client.origin(request, peer)
  const sent = { headers: request.headers, query, body }
  const secrets = new Set(credentials.map(({ read }) => read(sent)).filter((key) => key !== null))
  const [secret = null] = secrets
  const shortUrl: Caller['shortUrl'] = (link) => kit.core.hosts.shortUrl(origin, link)
  const stranger: Caller = { address, origin, shortUrl, account: null, key: null, secret }
  try {
    if (secrets.size > 1) throw new Fault('key_invalid')
    const holder = secret === null ? null : await kit.core.keys.identify(secret, keys, address)
    if (secret !== null && holder === null && !opensAccount(dialect, visit))
      throw new Fault('key_invalid')
    return { caller: { ...stranger, ...holder }, refused: null }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { caller: stranger, refused: error }
  }
}

const opensAccount = ({ newKeysOn }: Dialect, { request, path }: Visit) =>
  newKeysOn !== undefined && covers({ on: newKeysOn }, { method: request.method, path })

/** The answer to a browser's CORS preflight: any origin may call, without cookies. */
const preflight = ({ credentials }: Dialect) => {
  const headers = credentials.flatMap(({ scheme }) =>
    scheme?.in === 'header' ? [scheme.name] : [],
  )
  return new Response(null, {
    status: 204,
    headers: {
      'Access-Control-Allow-Methods': 'GET, POST, DELETE',
      'Access-Control-Allow-Headers': ['Content-Type', ...headers].join(', '),
      'Access-Control-Max-Age': '86400',
    },
  })
}
