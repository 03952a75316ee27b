import { type TSchema, t } from 'elysia'

/** An instant on the wire. */
export const instant = t.String({
  format: 'date-time',
  maxLength: 40,
  description: 'ISO 8601 in UTC, with `Z`',
})

/** A value, or null. */
export const orNull = <S extends TSchema>(schema: S) => t.Union([schema, t.Null()])

/** One of some words; unlike `t.UnionEnum` it does not take the first one for granted. */
export const oneOf = <const W extends readonly string[]>(
  words: W,
  options: { description?: string; default?: W[number] } = {},
) =>
  t.Union(
    words.map((word) => t.Literal(word)),
    options,
  ) as unknown as ReturnType<typeof t.Unsafe<W[number]>>

/** A whole number of a body; unlike `t.Integer` it takes no text for one. */
export const whole = (options: { description?: string; minimum?: number; maximum?: number } = {}) =>
  t.Number({ multipleOf: 1, ...options })

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
