import { and, count, eq, isNull } from 'drizzle-orm'
import type { Connection } from './connect'
import { type Campaign, campaigns, links } from './schema'
import type { Writer } from './writer'

/** A campaign and how many links it holds, deleted ones left out. */
export type CampaignWithLinks = Campaign & { links: number }

/** Campaigns: named groups of an account's links. */
export const campaignsStore = ({ db }: Connection, { write }: Writer) => {
  const owned = (accountId: number | null, id: string) =>
    and(eq(campaigns.id, id), accountId === null ? undefined : eq(campaigns.accountId, accountId))

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

    /** One of an account's campaigns, of anybody's with null; null when there is none of that id. */
    own: async (accountId: number | null, id: string): Promise<CampaignWithLinks | null> =>
      withLinks().where(owned(accountId, id)).get() ?? null,

    /** All of an account's campaigns, everybody's with null, by name. */
    all: async (accountId: number | null): Promise<CampaignWithLinks[]> =>
      withLinks()
        .where(accountId === null ? undefined : eq(campaigns.accountId, accountId))
        .orderBy(campaigns.name, campaigns.id)
        .all(),

    /** False when the account has no such campaign. */
    rename: (accountId: number | null, id: string, name: string) =>
      write(
        () =>
          db.update(campaigns).set({ name }).where(owned(accountId, id)).returning().all().length >
          0,
      ),

    /** Deletes a campaign, its links stay; false when the account has no such campaign. */
    remove: (accountId: number | null, id: string) =>
      write(() => db.delete(campaigns).where(owned(accountId, id)).returning().all().length > 0),
  }
}
