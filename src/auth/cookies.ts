/** A cookie's name as it is sent: under https bound to this host by its prefix. */
export const cookieName = (name: string, origin: string) =>
  origin.startsWith('https:') ? `__Host-${name}` : name

/** The value of a request's cookie; null when there is none. */
export const readCookie = (request: Request, name: string): string | null => {
  const cookies = request.headers.get('cookie')
  return cookies === null ? null : new Bun.CookieMap(cookies).get(name)
}

/** What makes a cookie safe to hold a secret; under https it never travels in the clear. */
export const cookieGuards = (origin: string) => ({
  path: '/',
  httpOnly: true,
  sameSite: 'lax' as const,
  secure: origin.startsWith('https:'),
})
