import { asc, count, desc, sql } from 'drizzle-orm'
import type { Connection } from '../engine/connect'
import { clicks, linkTotals } from '../schema'
import type { Queries } from '.'
import { inScope, isWhole, matching } from './filter'

/** The links that were clicked most. */
export const answerTopLinks = (
  db: Connection['db'],
  { filter, limit }: Queries['topLinks']['input'],
) => {
  if (isWhole(filter))
    return db
      .select({
        linkId: linkTotals.linkId,
        clicks: linkTotals.clicks,
        lastAt: linkTotals.lastAtMs,
      })
      .from(linkTotals)
      .where(inScope(db, filter.scope, linkTotals.linkId))
      .orderBy(desc(linkTotals.clicks), asc(linkTotals.linkId))
      .limit(limit)
      .all()
  return db
    .select({ linkId: clicks.linkId, clicks: count(), lastAt: sql<number>`max(${clicks.atMs})` })
    .from(clicks)
    .where(matching(db, filter))
    .groupBy(clicks.linkId)
    .orderBy(desc(count()), asc(clicks.linkId))
    .limit(limit)
    .all()
}
