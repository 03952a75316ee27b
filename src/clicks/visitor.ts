import { dayOf } from '../store'

/** Who clicked, as far as anybody may know: what the day's anonymous hash is made of. */
export type Visitor = { host: string; address: string; userAgent: string | null }

/** The salt of a UTC day (days since 1970). */
export type SaltOf = (day: number) => Promise<Uint8Array>

/**
 * Makes visitor hashes: HMAC-SHA256 of host, address and user agent under the day's random salt, cut
 * to 8 bytes. The salt is deleted within 48 hours, and with it any way back.
 */
export const createVisitors = (saltOf: SaltOf) => async (at: number) => {
  const salt = await saltOf(dayOf(at))
  return ({ host, address, userAgent }: Visitor): Buffer =>
    new Bun.CryptoHasher('sha256', salt)
      .update(`${host}|${address}|${userAgent ?? ''}`)
      .digest()
      .subarray(0, 8)
}
