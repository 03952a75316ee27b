import type { Connection } from './connect'
import { accounts, identities, passkeys, sessions, twoFactors, verifications } from './schema'

/** The tables of signing in, by the names of the library that reads and writes them, on our connection. */
export const signInStore = ({ db }: Connection) => ({
  db,
  tables: {
    user: accounts,
    session: sessions,
    account: identities,
    verification: verifications,
    twoFactor: twoFactors,
    passkey: passkeys,
  },
})
