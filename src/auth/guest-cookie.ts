import { guestLifetime } from '../core'
import { cookieGuards, cookieName, readCookie } from './cookies'

const name = 'snug_guest'

/** The guest secret that a request's cookie holds, for `core.guests.resume`; null when there is none. */
export const guestSecretOf = (request: Request, origin: string): string | null =>
  readCookie(request, cookieName(name, origin))

/** The `Set-Cookie` that gives a browser its guest secret; null takes it away again. */
export const guestCookie = (secret: string | null, origin: string): string =>
  new Bun.Cookie(cookieName(name, origin), secret ?? '', {
    ...cookieGuards(origin),
    maxAge: secret === null ? 0 : guestLifetime / 1000,
  }).toString()
