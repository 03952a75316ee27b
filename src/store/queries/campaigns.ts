import { and, count, eq, isNull } from 'drizzle-orm'
import type { Connection } from '../engine/connect'
import { campaigns, links } from '../schema'
import type { Queries } from '.'

type Db = Connection['db']

/** Campaigns with how many links each holds, deleted ones left out; by name. */
export const answerCampaigns = (
  db: Db,
  { account, id }: Queries['campaigns']['input'],
): Queries['campaigns']['answer'] =>
  db
    .select({
      id: campaigns.id,
      accountId: campaigns.accountId,
      name: campaigns.name,
      createdAt: campaigns.createdAt,
      links: count(links.id),
    })
    .from(campaigns)
    .leftJoin(links, and(eq(links.campaignId, campaigns.id), isNull(links.deletedAt)))
    .where(
      and(
        account === null ? undefined : eq(campaigns.accountId, account),
        id === undefined ? undefined : eq(campaigns.id, id),
      ),
    )
    .groupBy(campaigns.id)
    .orderBy(campaigns.name, campaigns.id)
    .all()
