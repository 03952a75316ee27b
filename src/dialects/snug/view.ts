import * as core from '../../core'

/** An instant, as the wire prints it: `2026-02-10T08:00:00.000Z`. */
export const instant = (at: Date) => at.toISOString()

/** An instant that may not be set. */
export const instantOrNull = (at: Date | null) => at?.toISOString() ?? null

/** Reads an optional instant of a body; wrong ones are left for the core to refuse. */
export const readInstant = (text: string | null | undefined): Date | null | undefined =>
  typeof text === 'string' ? toDate(text) : text

/** A date, or date and time, as RFC 3339 has it; invalid when it does not exist. */
export const toDate = (text: string): Date =>
  core.readInstant(text.toUpperCase().replace(' ', 'T')) ?? core.noInstant()

/** One page of rows that are all at hand. */
export const pageOf = <R>(
  rows: readonly R[],
  { page, limit }: { page: number; limit: number },
) => ({
  data: rows.slice((page - 1) * limit, page * limit),
  page,
  limit,
  total: rows.length,
})
