import { and, eq, inArray } from 'drizzle-orm'
import type { Connection } from './engine/connect'
import { repeatInSlice } from './engine/slices'
import type { Writer } from './engine/writer'
import { type Campaign, campaigns, links } from './schema'

/** Campaigns: named groups of an account's links. */
export const campaignsStore = ({ db }: Connection, { write }: Writer) => {
  const owned = (accountId: number | null, id: string) =>
    and(eq(campaigns.id, id), accountId === null ? undefined : eq(campaigns.accountId, accountId))

  return {
    insert: (row: Campaign) => write(() => db.insert(campaigns).values(row).run()),

    /** Whether an account has a campaign of that id. */
    async isOf(accountId: number, id: string): Promise<boolean> {
      return (
        db.select({ id: campaigns.id }).from(campaigns).where(owned(accountId, id)).get() !==
        undefined
      )
    },

    /** False when the account has no such campaign. */
    rename: (accountId: number | null, id: string, name: string) =>
      write(
        () =>
          db.update(campaigns).set({ name }).where(owned(accountId, id)).returning().all().length >
          0,
      ),

    /** Takes a slice of its links out of a campaign; false when it holds no more. */
    empty: (id: string): Promise<boolean> =>
      write(() => {
        const some = db
          .select({ id: links.id })
          .from(links)
          .where(eq(links.campaignId, id))
          .limit(20)
        const takeSome = () =>
          db
            .update(links)
            .set({ campaignId: null })
            .where(inArray(links.id, some))
            .returning({ id: links.id })
            .all().length > 0
        return repeatInSlice(takeSome)
      }),

    /** Deletes a campaign, its links stay; false when the account has no such campaign. */
    remove: (accountId: number | null, id: string) =>
      write(() => db.delete(campaigns).where(owned(accountId, id)).returning().all().length > 0),
  }
}
