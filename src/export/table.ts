/** A value of one cell. */
export type Cell = string | number | boolean | null

/** One row, by column. */
export type Row = Readonly<Record<string, Cell>>

/** Rows on their way out: read page by page, each only when the one before has been taken. */
export type Table = {
  /** what one row is, a word such as `click`; names the sheet, and the elements of XML */
  row: string
  columns: readonly string[]
  pages: AsyncIterable<readonly Row[]>
}

/** Turns a table into pieces of a file; makes a piece only when it is asked for. */
export type Encode = (table: Table) => AsyncGenerator<Uint8Array>

const utf8 = new TextEncoder()

/** Text as UTF-8; half a surrogate pair becomes the replacement character. */
export const bytes = (text: string) => utf8.encode(text)

/** A text that XML can hold: what it forbids becomes the replacement character. */
export const xmlText = (text: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd')
