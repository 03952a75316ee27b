import { getTableColumns, type InferInsertModel, type InferSelectModel, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Connection } from './connect'

type Row = Record<string, unknown>

/**
 * A prepared insert of whole rows: building the statement anew costs some thirty times as much. Answers
 * the row as it was added; null when it would break a unique index. The values are turned into the
 * database's here, because Drizzle's own placeholders can't carry null instants.
 */
export const prepareInsert = <T extends SQLiteTable>({ db }: Connection, table: T) => {
  const columns = Object.entries(getTableColumns(table))
  const places = Object.fromEntries(columns.map(([name]) => [name, sql.placeholder(name)]))
  const values = Object.fromEntries(
    columns.map(([name, { defaultFn }]) => [
      name,
      defaultFn ? sql`coalesce(${places[name]}, ${defaultFn()})` : sql`${places[name]}`,
    ]),
  )
  const statement = db
    .insert(table)
    .values(values as InferInsertModel<T>)
    .onConflictDoNothing()
    .returning()
    .prepare()

  const encode = (row: Row) => {
    const encoded: Row = {}
    for (const [name, column] of columns) {
      const value = row[name] ?? column.default ?? null
      encoded[name] = value === null ? null : column.mapToDriverValue(value)
    }
    return encoded
  }

  return (row: InferInsertModel<T>): InferSelectModel<T> | null =>
    (statement.get(encode(row as Row)) as InferSelectModel<T> | undefined) ?? null
}
