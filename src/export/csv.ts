import { bytes, type Cell, type Encode } from './table'

/** Comma separated values by RFC 4180, in UTF-8, that no spreadsheet takes for formulas. */
export const encodeCsv: Encode = async function* ({ columns, pages }) {
  yield bytes(line(columns))
  for await (const page of pages)
    yield bytes(page.map((row) => line(columns.map((column) => row[column] ?? null))).join(''))
}

const line = (cells: readonly Cell[]) => `${cells.map(quoted).join(',')}\r\n`

const quoted = (cell: Cell): string => {
  const text = defused(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Spreadsheets run a text that begins like a formula; an apostrophe makes it plain text. */
const defused = (cell: Cell): string => {
  if (typeof cell !== 'string') return String(cell ?? '')
  return /^[=+\-@\t\r\0]/.test(cell) ? `'${cell}` : cell
}
