import { sessionCookieName } from './cookies'
import type { Visit } from './index'
import type { SignedIn } from './remote-user'

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
  if (mine === null) dropSession(headers, origin)
  const { search } = new URL(request.url)
  const url = `${origin}/api/auth${path}${search}`
  if (request.method === 'GET') return new Request(url, { headers })
  headers.set('content-type', 'application/json')
  return new Request(url, { method: 'POST', headers, body: JSON.stringify(bodyOf(path, body)) })
}

const dropSession = (headers: Headers, origin: string) => {
  const cookies = new Bun.CookieMap(headers.get('cookie') ?? '')
  const name = sessionCookieName(origin)
  const kept = [...cookies].filter(([known]) => known !== name)
  headers.delete('cookie')
  if (kept.length > 0)
    headers.set(
      'cookie',
      kept.map(([known, value]) => `${known}=${encodeURIComponent(value)}`).join('; '),
    )
}

/** A new password always ends the other sessions. */
const bodyOf = (path: string, body: Record<string, unknown>) =>
  path === '/change-password' ? { ...body, revokeOtherSessions: true } : body
