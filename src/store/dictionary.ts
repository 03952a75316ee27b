import { eq, sql } from 'drizzle-orm'
import type { Connection } from './connect'
import { dictionary } from './schema'

/** Texts remembered in memory with their ids. */
const mostKnown = 50_000

/**
 * The ids of texts, added as they come; used inside the batch's transaction. `forget` must follow a
 * transaction that was undone, because the ids it gave are free again.
 */
export const createDictionary = ({ db }: Connection) => {
  const known = new Map<string, number>()
  const find = db
    .select({ id: dictionary.id })
    .from(dictionary)
    .where(eq(dictionary.text, sql.placeholder('text')))
    .prepare()
  const add = db
    .insert(dictionary)
    .values({ text: sql.placeholder('text'), domainId: sql.placeholder('domainId') })
    .returning({ id: dictionary.id })
    .prepare()

  const idOf = (text: string, domainId: number | null = null): number => {
    const remembered = known.get(text)
    if (remembered !== undefined) return remembered
    const id = find.get({ text })?.id ?? add.get({ text, domainId })?.id
    if (id === undefined) throw new Error('the dictionary gave no id')
    if (known.size >= mostKnown) known.clear()
    known.set(text, id)
    return id
  }

  return {
    idOf,
    /** The id of a referrer's origin, tied to its registrable domain's. */
    referrerId: ({ origin, domain }: { origin: string; domain: string }) =>
      known.get(origin) ?? idOf(origin, idOf(domain)),
    forget: () => known.clear(),
  }
}
