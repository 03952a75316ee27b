import { and, asc, eq, gt, lt, sql } from 'drizzle-orm'
import type { Connection } from '../engine/connect'
import { atomically } from '../engine/transaction'
import { clicks, linkTotals, salts } from '../schema'
import { dayOf } from './click'

const halfDay = 43_200_000

/** Links looked at, and rows deleted, in one transaction at most: whoever makes a link waits for it. */
const mostLinks = 200
const mostRows = 2000

/** Forgetting: salts and visitor marks after their day, single clicks after the retention time. */
export const retentionVerbs = (
  { sqlite, db }: Connection,
  wait: number,
  /** told when clicks were deleted */
  noteDeletion: () => void = () => {},
) => {
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
      .offset(mostRows)
      .get()
    const until = Math.min(before, last?.at ?? before)
    return db
      .delete(clicks)
      .where(and(expired, lt(clicks.atMs, until)))
      .returning({ one: sql`1` })
      .all().length
  }

  const deleteMarks = (before: number) =>
    atomically(
      sqlite,
      wait,
      () =>
        sqlite.run('DELETE FROM day_visitors WHERE day < ? LIMIT ?', [before, mostRows]).changes,
    )

  return {
    /** Deletes the salts and visitor marks of days that nobody can click on any more. */
    async forgetVisitors(now: number): Promise<void> {
      const oldest = dayOf(now - halfDay)
      atomically(sqlite, wait, () => db.delete(salts).where(lt(salts.day, oldest)).run())
      while (deleteMarks(oldest) === mostRows) await Bun.sleep(1) // others write in between
    },

    /** Deletes some of the clicks before a moment; call after call goes round all links. */
    async forgetClicks(before: number): Promise<void> {
      return atomically(sqlite, wait, () => {
        let deleted = 0
        const next = nextLinks()
        for (const { id } of next) {
          const some = deleteOf(id, before)
          if (some > 0) noteDeletion()
          deleted += some
          if (deleted >= mostRows) return // this link may have more: begin with it next time
          after = id
        }
        if (next.length < mostLinks) after = 0
      })
    },
  }
}
