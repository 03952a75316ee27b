import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { CsvError, parse } from 'csv-parse/sync'

/** A row of a CSV file by its headings, and the line of the file where it ends; or why it is none. */
export type CsvRow =
  | { line: number; cells: Record<string, string> }
  | { line: number; problem: string }

/** Lines that are parsed together; a row that is broken is looked for line by line. */
const together = 200

/** Most lines of one row: a quote that nobody closes must not swallow the rest of the file. */
const mostLines = 50

/**
 * Reads the rows of a CSV file with a heading. One that can't be read, because of its quotes, is told and
 * costs no other.
 */
export async function* readCsv(file: string): AsyncGenerator<CsvRow> {
  let heading: string[] | null = null
  let waiting: string[] = []
  let from = 1 // the line of the first one that waits
  for await (const text of createInterface({
    input: createReadStream(file),
    crlfDelay: Infinity,
  })) {
    const line: string = from === 1 && waiting.length === 0 ? text.replace(/^\ufeff/, '') : text
    if (heading === null) {
      from++
      heading = headingOf(line)
      continue
    }
    waiting.push(line)
    if (waiting.length < together + mostLines) continue
    const { rows, used } = rowsOf(waiting, heading, from, together)
    yield* rows
    waiting = waiting.slice(used)
    from += used
  }
  if (heading !== null) yield* rowsOf(waiting, heading, from, waiting.length).rows
}

const options = { trim: true, skip_empty_lines: true, relax_column_count: true, relax_quotes: true }

const headingOf = (line: string): string[] | null => parse(line, options)[0] ?? null

type Parsed = { record: Record<string, string>; info: { lines: number } }

/** Takes rows until so many lines are used; a row that begins before may go on behind them. */
const rowsOf = (lines: readonly string[], heading: string[], from: number, wanted: number) => {
  const rows: CsvRow[] = []
  const take = (begin: number, end: number) => {
    const text = lines.slice(begin, end).join('\n')
    const parsed = parse(text, { ...options, columns: heading, info: true }) as unknown as Parsed[]
    for (const { record, info } of parsed)
      rows.push({ line: from + begin + info.lines - 1, cells: record })
  }
  try {
    take(0, wanted)
    return { rows, used: wanted }
  } catch {}

  let used = 0
  while (used < wanted) {
    const length = lengthOf(lines, used, take)
    if (typeof length === 'string') rows.push({ line: from + used, problem: length })
    used += typeof length === 'string' ? 1 : length
  }
  return { rows, used }
}

/** How many lines the row that begins here takes; why it is none. */
const lengthOf = (
  lines: readonly string[],
  begin: number,
  take: (begin: number, end: number) => void,
): number | string => {
  for (let end = begin + 1; end <= Math.min(lines.length, begin + mostLines); end++)
    try {
      take(begin, end)
      return end - begin
    } catch (error) {
      if (!(error instanceof CsvError)) throw error
      if (error.code !== 'CSV_QUOTE_NOT_CLOSED') return 'it has text behind a closing quote'
    }
  return 'its quote is never closed'
}
