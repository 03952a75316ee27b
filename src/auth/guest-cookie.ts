import { guestLifetime } from '../core'
import { cookieGuards, cookieName, isHttps, readCookie } from './cookies'

const name = 'snug_guest'

/** The guest secret that a request's cookie holds, for `core.guests.resume`; null when there is none. */
export const guestSecretOf = ({ headers }: Request, origin: string): string | null =>
  readCookie(headers, cookieName(name, isHttps(origin)))

/** The `Set-Cookie` that gives a browser its guest secret; null takes it away again. */
export const guestCookie = (secret: string | null, origin: string): string =>
  new Bun.Cookie(cookieName(name, isHttps(origin)), secret ?? '', {
    ...cookieGuards(isHttps(origin)),
    maxAge: secret === null ? 0 : guestLifetime / 1000,
  }).toString()
