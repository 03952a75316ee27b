import { type TSchema, t } from 'elysia'

/** An instant on the wire. */
export const instant = t.String({ format: 'date-time', description: 'ISO 8601 in UTC, with `Z`' })

/** A value, or null. */
export const orNull = <S extends TSchema>(schema: S) => t.Union([schema, t.Null()])

/** The `id` in a path. */
export const idParams = t.Object({ id: t.Integer({ minimum: 1 }) })

/** Whose things are meant. */
export const accountQuery = t.Object({
  account: t.Optional(
    t.Integer({ minimum: 1, description: 'Another account’s things; administrators only' }),
  ),
})

/** Which part of a list is meant. */
export const pageQuery = t.Object({
  page: t.Integer({ minimum: 1, maximum: 1_000_000, default: 1 }),
  limit: t.Integer({ minimum: 1, maximum: 100, default: 25 }),
})

/** A part of a list. */
export const listOf = <S extends TSchema>(row: S) =>
  t.Object({
    data: t.Array(row),
    page: t.Integer(),
    limit: t.Integer(),
    total: t.Integer({ description: 'Rows of the whole list' }),
  })

/** A list that is always answered whole. */
export const wholeListOf = <S extends TSchema>(row: S) => t.Object({ data: t.Array(row) })

/** The answer of a deletion. */
export const deleted = t.Object({ deleted: t.Literal(true) })
