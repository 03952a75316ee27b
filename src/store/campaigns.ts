import { and, count, eq, isNull } from 'drizzle-orm'
import type { Connection } from './connect'
import { type Campaign, campaigns, links } from './schema'
import type { Writer } from './writer'

/** A campaign and how many links it holds, deleted ones left out. */
export type CampaignWithLinks = Campaign & { links: number }

/** Campaigns: named groups of an account's links. */
export const campaignsStore = ({ db }: Connection, { write }: Writer) => {
  const owned = (accountId: number, id: string) =>
    and(eq(campaigns.id, id), eq(campaigns.accountId, accountId))

  const withLinks = () =>
    db
      .select({
        ...{ id: campaigns.id, accountId: campaigns.accountId, name: campaigns.name },
        ...{ createdAt: campaigns.createdAt, links: count(links.id) },
      })
      .from(campaigns)
      .leftJoin(links, and(eq(links.campaignId, campaigns.id), isNull(links.deletedAt)))
      .groupBy(campaigns.id)

  return {
    insert: (row: Campaign) => write(() => db.insert(campaigns).values(row).run()),

    /** One of an account's campaigns; null when it has none of that id. */
    own: async (accountId: number, id: string): Promise<CampaignWithLinks | null> =>
      withLinks().where(owned(accountId, id)).get() ?? null,

    /** All of an account's campaigns, by name. */
    all: async (accountId: number): Promise<CampaignWithLinks[]> =>
      withLinks().where(eq(campaigns.accountId, accountId)).orderBy(campaigns.name).all(),

    /** False when the account has no such campaign. */
    rename: (accountId: number, id: string, name: string) =>
      write(
        () =>
          db.update(campaigns).set({ name }).where(owned(accountId, id)).returning().all().length >
          0,
      ),

    /** Deletes a campaign, its links stay; false when the account has no such campaign. */
    remove: (accountId: number, id: string) =>
      write(() => db.delete(campaigns).where(owned(accountId, id)).returning().all().length > 0),
  }
}
