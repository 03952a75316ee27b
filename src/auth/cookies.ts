/** Whether an origin is reached by https. */
export const isHttps = (origin: string) => origin.startsWith('https:')

/** A cookie's name as it is sent: under https its prefix binds it to this host. */
export const cookieName = (name: string, https: boolean) => (https ? `__Host-${name}` : name)

/** The value of a request's cookie; null when there is none. */
export const readCookie = (headers: Headers, name: string): string | null => {
  const cookies = headers.get('cookie')
  return cookies === null ? null : new Bun.CookieMap(cookies).get(name)
}

/** What makes a cookie safe to hold a secret; under https it never travels in the clear. */
export const cookieGuards = (https: boolean) => ({
  path: '/',
  httpOnly: true,
  sameSite: 'lax' as const,
  secure: https,
})

/** The token of a request's session cookie, without its signature; null when there is none. */
export const sessionTokenOf = (headers: Headers, origin: string): string | null =>
  withoutSignature(readCookie(headers, sessionCookieName(origin)))

/** The token that an answer's session cookie gives; null when it gives none. */
export const newSessionTokenOf = (answer: Response, origin: string): string | null => {
  const name = sessionCookieName(origin)
  const set = answer.headers.getSetCookie().map((line) => Bun.Cookie.parse(line))
  return withoutSignature(set.findLast((cookie) => cookie.name === name)?.value ?? null)
}

export const sessionCookieName = (origin: string) =>
  cookieName('snug.session_token', isHttps(origin))

const withoutSignature = (value: string | null) => value?.split('.')[0] || null
