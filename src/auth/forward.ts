import { sessionCookieName } from './cookies'
import type { SignedIn } from './remote-user'

/** One request to `/api/auth`, its body read, judged to come from our own pages or from no page. */
export type Visit = {
  request: Request
  /** below `/api/auth` */
  path: string
  body: Record<string, unknown>
  origin: string
  /** where the request came from, as far as one household is one */
  network: string
}

/** Headers that only our own judgement of proxies may speak through. */
const forwarding = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto']

/**
 * The request as the library gets it: on our origin whatever the socket says, from our own pages because
 * that was judged before, without a session that does not count any more.
 */
export const forward = ({ request, path, body, origin }: Visit, mine: SignedIn | null): Request => {
  const headers = new Headers(request.headers)
  for (const name of [...forwarding, 'content-length', 'referer']) headers.delete(name)
  headers.set('origin', new URL(origin).origin)
  putCookies(headers, mine === null ? sessionCookieName(origin) : null)
  const { search } = new URL(request.url)
  const url = `${origin}/api/auth${path}${search}`
  if (request.method === 'GET') return new Request(url, { headers })
  headers.set('content-type', 'application/json')
  return new Request(url, { method: 'POST', headers, body: JSON.stringify(bodyOf(path, body)) })
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
