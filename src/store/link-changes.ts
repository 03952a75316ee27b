import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Connection } from './connect'
import { type Link, links, linkTotals, type NewLink } from './schema'
import type { createUnstored } from './unstored'
import type { Writer } from './writer'

/** What may change about a link. */
export type LinkPatch = Partial<Omit<NewLink, 'id' | 'code' | 'domainId' | 'ownerId' | 'createdAt'>>

/** What becomes of a code that is to be bound. */
export type Binding = 'bound' | 'already bound' | 'not found'

/** What happens to a link after it was made; each is one conditional change with a plain answer. */
export const linkChangesStore = (
  { db }: Connection,
  { write }: Writer,
  unstored: Pick<ReturnType<typeof createUnstored>, 'count'>,
) => {
  const byId = db
    .select({ link: links, clicks: linkTotals.clicks })
    .from(links)
    .leftJoin(linkTotals, eq(linkTotals.linkId, links.id))
    .where(eq(links.id, sql.placeholder('id')))
    .prepare()

  const byCode = (code: string) =>
    db
      .select()
      .from(links)
      .where(and(eq(links.domainId, ''), eq(links.code, code)))
      .get()

  return {
    /** Binds a link to an account if `judge` says so, who sees the row as it is then; returns what it said. */
    bind: (accountId: number, code: string, judge: (link: Link) => Binding): Promise<Binding> =>
      write(() => {
        const link = byCode(code)
        const outcome = link === undefined ? 'not found' : judge(link)
        if (link !== undefined && outcome === 'bound')
          db.update(links).set({ boundTo: accountId }).where(eq(links.id, link.id)).run()
        return outcome
      }),

    /**
     * Changes links as `judge` says of each, null: not at all; it sees the row that is changed, deleted
     * ones too, and can ask how often it was followed so far. All in one commit. Answers the changed rows.
     */
    change: (
      ids: readonly number[],
      judge: (link: Link, followed: () => number) => LinkPatch | null,
      at: Date,
    ): Promise<Link[]> =>
      write(() => {
        let waiting: ReadonlyMap<number, number> | undefined
        const followed = (id: number, clicks: number | null) => () => {
          waiting ??= unstored.count()
          return (clicks ?? 0) + (waiting.get(id) ?? 0)
        }
        return ids.flatMap((id) => {
          const found = byId.get({ id })
          const patch = found === undefined ? null : judge(found.link, followed(id, found.clicks))
          return patch === null
            ? []
            : db
                .update(links)
                .set({ ...patch, updatedAt: at })
                .where(eq(links.id, id))
                .returning()
                .all()
        })
      }),

    /** Marks a link deleted; false when it already was. */
    retire: (id: number, at: Date) =>
      write(
        () =>
          db
            .update(links)
            .set({ deletedAt: at, updatedAt: at })
            .where(and(eq(links.id, id), isNull(links.deletedAt)))
            .returning({ id: links.id })
            .get() !== undefined,
      ),

    /** Takes one of a limited link's redirects; false when it is not open any more. */
    spend: (id: number, now: Date) =>
      write(
        () =>
          db
            .update(links)
            .set({ spent: sql`${links.spent} + 1` })
            .where(
              and(
                eq(links.id, id),
                isNull(links.deletedAt),
                eq(links.enabled, true),
                sql`${links.spent} < ${links.maxClicks}`,
                sql`coalesce(${links.startsAt}, 0) <= ${now.getTime()}`,
                sql`coalesce(${links.expiresAt}, ${now.getTime()} + 1) > ${now.getTime()}`,
              ),
            )
            .returning({ id: links.id })
            .get() !== undefined,
      ),
  }
}
