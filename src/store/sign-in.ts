import type { Connection } from './engine/connect'
import type { Writer } from './engine/writer'
import { accounts, identities, passkeys, sessions, twoFactors, verifications } from './schema'

/** The tables of signing in, by the names of the library that reads and writes them, on our connection. */
export const signInStore = ({ db }: Connection, { write }: Writer) => ({
  db,
  /** Waits, without holding up this thread, until no other process holds the write lock. */
  writable: () => write(() => {}),
  tables: {
    user: accounts,
    session: sessions,
    account: identities,
    verification: verifications,
    twoFactor: twoFactors,
    passkey: passkeys,
  },
})
