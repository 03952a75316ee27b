import { and, eq, gt, isNull, lt, or } from 'drizzle-orm'
import type { Connection } from './engine/connect'
import type { Writer } from './engine/writer'
import { accounts, passkeys, twoFactors } from './schema'

/** What is remembered of one-time passwords beside the library's own columns. */
export const secondFactorsStore = ({ db }: Connection, { write }: Writer) => ({
  /** Returns whether an account has one-time passwords or a passkey. */
  async hasAny(accountId: number): Promise<boolean> {
    const account = db
      .select({ isAsked: accounts.twoFactorEnabled })
      .from(accounts)
      .where(eq(accounts.id, accountId))
      .get()
    const passkey = db
      .select({ id: passkeys.id })
      .from(passkeys)
      .where(eq(passkeys.accountId, accountId))
      .limit(1)
      .get()
    return account?.isAsked === true || passkey !== undefined
  },

  /**
   * Takes a step of an account's one-time passwords: returns whether it is later than the last that was
   * taken. One beyond `latest` was taken by a clock that was wrong, and counts for nothing.
   */
  takeStep(accountId: number, step: number, latest: number): Promise<boolean> {
    const { lastStep } = twoFactors
    return write(
      () =>
        db
          .update(twoFactors)
          .set({ lastStep: step })
          .where(
            and(
              eq(twoFactors.accountId, accountId),
              or(isNull(lastStep), lt(lastStep, step), gt(lastStep, latest)),
            ),
          )
          .returning({ id: twoFactors.id })
          .all().length > 0,
    )
  },
})
