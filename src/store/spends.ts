import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Connection } from './engine/connect'
import type { Writer } from './engine/writer'
import { links } from './schema'

/** Redirects of limited links: each is taken before it is answered. */
export const spendsStore = ({ db }: Connection, { write }: Writer) => {
  const now = sql.placeholder('now')
  const take = db
    .update(links)
    .set({ spent: sql`${links.spent} + 1` })
    .where(
      and(
        eq(links.id, sql.placeholder('id')),
        isNull(links.deletedAt),
        eq(links.enabled, true),
        sql`${links.spent} < ${links.maxClicks}`,
        sql`coalesce(${links.startsAt}, 0) <= ${now}`,
        sql`coalesce(${links.expiresAt}, ${now} + 1) > ${now}`,
      ),
    )
    .returning({ id: links.id })
    .prepare()

  const underWay = new Map<number, number>()
  const count = (id: number, more: number) => {
    const sum = (underWay.get(id) ?? 0) + more
    if (sum === 0) underWay.delete(id)
    else underWay.set(id, sum)
  }

  return {
    /** How many of a link are taken whose click is not noted yet: that is done once they are on the disk. */
    underWay: (id: number): number => underWay.get(id) ?? 0,

    /** Takes one of a limited link's redirects; false when it is not open any more. */
    async spend(id: number, at: Date): Promise<boolean> {
      let taken = false
      try {
        return await write(() => {
          taken = take.get({ id, now: at.getTime() }) !== undefined
          if (taken) count(id, 1)
          return taken
        })
      } finally {
        if (taken) count(id, -1)
      }
    },
  }
}
