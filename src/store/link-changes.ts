import { and, eq, isNull, sql } from 'drizzle-orm'
import type { createUnstored } from './clicks/unstored'
import type { Connection } from './engine/connect'
import { prepareUpdate } from './engine/update'
import type { Writer } from './engine/writer'
import { type Link, links, linkTotals, type NewLink } from './schema'
import { spendsStore } from './spends'

/** What may change about a link. */
export type LinkPatch = Partial<Omit<NewLink, 'id' | 'code' | 'domainId' | 'ownerId' | 'createdAt'>>

/** Says what is to change about a link; `followed` counts its clicks so far, stored or not. */
type Judge = (link: Link, followed: () => number) => LinkPatch | null

/** What becomes of a code that is to be bound. */
export type Binding = 'bound' | 'already bound' | 'not found'

/** What happens to a link after it was made; each is one conditional change with a plain answer. */
export const linkChangesStore = (
  connection: Connection,
  writer: Writer,
  unstored: Pick<ReturnType<typeof createUnstored>, 'count'>,
) => {
  const { db } = connection
  const { spend, underWay } = spendsStore(connection, writer)
  const { write } = writer
  const update = prepareUpdate(connection, links)
  const byId = db
    .select({ link: links, clicks: linkTotals.clicks })
    .from(links)
    .leftJoin(linkTotals, eq(linkTotals.linkId, links.id))
    .where(eq(links.id, sql.placeholder('id')))
    .prepare()

  const at = sql`${sql.placeholder('at')}`
  const retire = db
    .update(links)
    .set({ deletedAt: at, updatedAt: at })
    .where(and(eq(links.id, sql.placeholder('id')), isNull(links.deletedAt)))
    .returning({ id: links.id })
    .prepare()

  const byCode = (code: string) =>
    db
      .select()
      .from(links)
      .where(and(eq(links.domainId, ''), eq(links.code, code)))
      .get()

  const changeOne = (id: number, judge: Judge, at: Date): Link | null => {
    const found = byId.get({ id })
    if (found === undefined) return null
    const followed = () => (found.clicks ?? 0) + (unstored.count().get(id) ?? 0) + underWay(id)
    const patch = judge(found.link, followed)
    if (patch === null) return null
    return update(id, { ...patch, updatedAt: at })
  }

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
     * ones too, and can ask how often it was followed so far. Each on its own. Answers the changed rows.
     */
    async change(ids: readonly number[], judge: Judge, at: Date): Promise<Link[]> {
      const changed = await Promise.all(ids.map((id) => write(() => changeOne(id, judge, at))))
      return changed.filter((link) => link !== null)
    },

    /** Marks a link deleted; false when it already was. */
    retire: (id: number, at: Date) =>
      write(() => retire.get({ id, at: at.getTime() }) !== undefined),

    spend,
  }
}
