import { and, asc, eq, gt, lt, sql } from 'drizzle-orm'
import { dayOf } from './click'
import type { Connection } from './connect'
import { clicks, dayVisitors, linkTotals, salts } from './schema'
import { immediately } from './transaction'

const halfDay = 43_200_000

/** Links looked at, and clicks deleted, in one go at most: the serving thread waits for it. */
const mostLinks = 200
const mostClicks = 2000

/** Forgetting: salts and visitor marks after their day, single clicks after the retention time. */
export const retentionStore = ({ sqlite, db }: Connection) => {
  let after = 0

  const nextLinks = () =>
    db
      .select({ id: linkTotals.linkId })
      .from(linkTotals)
      .where(gt(linkTotals.linkId, after))
      .orderBy(asc(linkTotals.linkId))
      .limit(mostLinks)
      .all()

  const deleteOf = (linkId: number, before: number) => {
    const expired = and(eq(clicks.linkId, linkId), lt(clicks.atMs, before))
    const last = db
      .select({ at: clicks.atMs })
      .from(clicks)
      .where(expired)
      .orderBy(asc(clicks.atMs))
      .limit(1)
      .offset(mostClicks)
      .get()
    const until = Math.min(before, last?.at ?? before)
    return db
      .delete(clicks)
      .where(and(expired, lt(clicks.atMs, until)))
      .returning({ one: sql`1` })
      .all().length
  }

  return {
    /** Deletes the salts and visitor marks of days that nobody can click on any more. */
    forgetVisitors: async (now: number) =>
      immediately(sqlite, () => {
        const oldest = dayOf(now - halfDay)
        db.delete(salts).where(lt(salts.day, oldest)).run()
        db.delete(dayVisitors).where(lt(dayVisitors.day, oldest)).run()
      }),

    /** Deletes some of the clicks before a moment; call after call goes round all links. */
    forgetClicks: async (before: number) =>
      immediately(sqlite, () => {
        let deleted = 0
        const next = nextLinks()
        for (const { id } of next) {
          deleted += deleteOf(id, before)
          if (deleted >= mostClicks) return // this link may have more: begin with it next time
          after = id
        }
        if (next.length < mostLinks) after = 0
      }),
  }
}
