import type { Account, Caller } from '../src/core'

/** Somebody who calls the core by hand, a stranger with null; `origin` is where they reached the server. */
export const callerOf = (account: Account | null, origin = 'http://short.example'): Caller => ({
  address: '127.0.0.1',
  origin,
  shortUrl: ({ code }) => `${origin}/${code}`,
  account,
  key: null,
  session: null,
  secret: null,
})
