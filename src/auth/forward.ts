import { sessionCookieName } from './cookies'
import { fieldsOf } from './endpoints'
import type { SignedIn } from './remote-user'

/** One request to `/api/auth`, its body read, judged to come from our own pages or from no page. */
export type SignInRequest = {
  request: Request
  /** below `/api/auth` */
  path: string
  body: Record<string, unknown>
  origin: string
  /** where the request came from, as far as one household is one */
  network: string
}

/** Headers that only our own judgement of proxies may speak through. */
const forwarding =
  /^(forwarded|via|x-(forwarded|original|real|host|rewrite)\b.*|content-length|referer)$/

/**
 * The request as the library gets it: on our origin whatever the socket says, from our own pages because
 * that was judged before, with the endpoint's own fields and no others, without a session that does not count
 * any more.
 */
export const forward = (
  { request, path, body, origin }: SignInRequest,
  mine: SignedIn | null,
): Request => {
  const headers = new Headers(request.headers)
  for (const name of request.headers.keys()) if (forwarding.test(name)) headers.delete(name)
  headers.set('origin', new URL(origin).origin)
  putCookies(headers, mine === null ? sessionCookieName(origin) : null)
  const fields = fieldsOf(request.method, path)
  const url = `${origin}/api/auth${path}`
  if (request.method === 'GET')
    return new Request(url + queryOf(new URL(request.url).searchParams, fields), { headers })
  headers.set('content-type', 'application/json')
  const known = Object.entries(body).filter(([field]) => fields.includes(field))
  const sent = JSON.stringify(bodyOf(path, Object.fromEntries(known)))
  return new Request(url, { method: 'POST', headers, body: sent })
}

/** The query of an endpoint's own fields, each once. */
const queryOf = (query: URLSearchParams, fields: readonly string[]): string => {
  const known = [...new Map(query)].filter(([field]) => fields.includes(field))
  return known.length === 0 ? '' : `?${new URLSearchParams(known)}`
}

/** Each cookie once, as we read it ourselves, but the one that counts for nothing. */
const putCookies = (headers: Headers, dropped: string | null) => {
  const all = [...new Bun.CookieMap(headers.get('cookie') ?? '')]
  const cookies = [...new Map(all.reverse())] // of two with one name the first counts
    .filter(([name]) => name !== dropped)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  headers.delete('cookie')
  if (cookies.length > 0) headers.set('cookie', cookies.join('; '))
}

/** A new password always ends the other sessions. */
const bodyOf = (path: string, body: Record<string, unknown>) =>
  path === '/change-password' ? { ...body, revokeOtherSessions: true } : body
