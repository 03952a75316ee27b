import { and, desc, eq, gt, like } from 'drizzle-orm'
import type { Connection } from './engine/connect'
import type { Writer } from './engine/writer'
import { verifications } from './schema'

/** How the identifier of a trusted device begins. */
export const trustMark = 'trust~'

/** A browser that an account's second factor is not asked for. */
export type TrustedDevice = Pick<
  typeof verifications.$inferSelect,
  'id' | 'identifier' | 'label' | 'createdAt' | 'expiresAt'
>

/** The devices that accounts trust: proofs of a month, beside those of minutes. */
export const trustedDevicesStore = ({ db }: Connection, { write }: Writer) => {
  const { id, identifier, label, createdAt, expiresAt, accountId } = verifications
  const ofAccount = (account: number) =>
    and(eq(accountId, account), like(identifier, `${trustMark}%`))

  return {
    /** Returns an account's trusted devices, the latest first. */
    async listTrustedDevices(account: number, now: Date): Promise<TrustedDevice[]> {
      return db
        .select({ id, identifier, label, createdAt, expiresAt })
        .from(verifications)
        .where(and(ofAccount(account), gt(expiresAt, now)))
        .orderBy(desc(createdAt), desc(id))
        .all()
    },

    /** Ends the trust in one of an account's devices; returns false when it has none of that id. */
    forgetTrustedDevice(account: number, device: number): Promise<boolean> {
      return write(
        () =>
          db
            .delete(verifications)
            .where(and(ofAccount(account), eq(id, device)))
            .returning({ id })
            .all().length > 0,
      )
    },
  }
}
