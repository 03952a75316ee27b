import { and, asc, count, eq, type SQL, sql } from 'drizzle-orm'
import { isNobody } from '../account-changes'
import type { Connection } from '../engine/connect'
import { accounts } from '../schema'
import type { AccountFilter, Queries } from '.'

type Db = Connection['db']

/** A page of accounts, oldest first, and how many there are in all. */
export const answerAccounts = (
  db: Db,
  { filter, offset, limit }: Queries['accounts']['input'],
): Queries['accounts']['answer'] => {
  const where = matching(filter)
  const rows = db
    .select()
    .from(accounts)
    .where(where)
    .orderBy(asc(accounts.id))
    .limit(limit)
    .offset(offset)
    .all()
  const all = db.select({ total: count() }).from(accounts).where(where).get()
  return { rows, total: all?.total ?? 0 }
}

const matching = ({ kind, q = '' }: AccountFilter): SQL | undefined => {
  const like = `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`
  const holds = sql`(${accounts.email} LIKE ${like} ESCAPE '\\' OR ${accounts.displayName} LIKE ${like} ESCAPE '\\')`
  return and(isNobody(false), kind && eq(accounts.kind, kind), q === '' ? undefined : holds)
}
