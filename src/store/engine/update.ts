import { eq, getTableColumns, type InferInsertModel, type InferSelectModel, sql } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Connection } from './connect'

type Row = Record<string, unknown>

/** Statements kept ready: patches of so many different shapes are more than anybody's form sends. */
const mostStatements = 100

/**
 * Makes `update(id, patch)`, with a prepared statement for each set of columns that patches change: building
 * one anew, triggers and all, costs ten times as much as running it. Answers the row as it is then; null when
 * there is none. The values are turned into the database's here, as in `prepareInsert`.
 */
export const prepareUpdate = <T extends SQLiteTable & { id: SQLiteColumn }>(
  { db }: Connection,
  table: T,
) => {
  const columns = getTableColumns(table)
  const prepare = (names: readonly string[]) =>
    db
      .update(table)
      .set(
        Object.fromEntries(
          names.map((name) => [name, sql`${sql.placeholder(name)}`]),
        ) as Parameters<ReturnType<typeof db.update<T>>['set']>[0],
      )
      .where(eq(table.id, sql.placeholder('rowToChange')))
      .returning()
      .prepare()
  const statements = new Map<string, ReturnType<typeof prepare>>()

  const statementFor = (names: readonly string[]) => {
    const shape = names.join()
    const known = statements.get(shape)
    if (known !== undefined) return known
    if (statements.size === mostStatements) statements.clear()
    const made = prepare(names)
    statements.set(shape, made)
    return made
  }

  return (id: number, patch: Partial<InferInsertModel<T>>): InferSelectModel<T> | null => {
    const changes = Object.entries(patch as Row).filter(([, value]) => value !== undefined)
    const values: Row = { rowToChange: id }
    for (const [name, value] of changes)
      values[name] = value === null ? null : columns[name]?.mapToDriverValue(value)
    const row = statementFor(changes.map(([name]) => name)).get(values)
    return (row as InferSelectModel<T> | undefined) ?? null
  }
}
