import { PassThrough, type Writable } from 'node:stream'
import type { stream, Worksheet } from 'exceljs'
import { type Cell, type Encode, type Table, xmlText } from './table'

/** Rows that may wait to be taken up. */
const mostWaiting = 200
/** The longest text a cell may hold, in characters. */
const longestText = 32_767

type Book = stream.xlsx.WorkbookWriter

/**
 * An Office Open XML workbook, all cells plain values, none a formula. A sheet holds at most so many
 * rows, Excel's own bound is 1,048,576; more go on in the next one, under the same head.
 */
export const xlsxEncoder = (mostRows: number): Encode =>
  async function* (table) {
    // loaded when first needed, and only what writes: the whole library costs 50 MB
    const { default: WorkbookWriter } = await import('exceljs/lib/stream/xlsx/workbook-writer.js')
    const out = new PassThrough()
    const zip = { zlib: { level: 1 } }
    const book = new WorkbookWriter({ stream: out, zip })
    fill(book, { ...table, mostRows }, out).catch((error) => out.destroy(error))
    try {
      yield* out
    } finally {
      out.destroy()
    }
  }

/** Adds all rows, never more than the reader keeps up with; stops when the reader has gone. */
async function fill(book: Book, table: Table & { mostRows: number }, out: PassThrough) {
  const { row: name, columns, pages, mostRows } = table
  const gone = new Promise<void>((resolve) => out.once('close', resolve))
  book.creator = 'snug'
  let sheet = addSheet(book, `${name}s`, columns)
  let rows = 0
  for await (const page of pages) {
    for (const row of page) {
      if (rows > 0 && rows % mostRows === 0) {
        sheet.commit() // the zip file takes up one sheet after the other
        sheet = addSheet(book, `${name}s ${rows / mostRows + 1}`, columns)
      }
      sheet.addRow(columns.map((column) => plain(row[column] ?? null))).commit()
      rows++
      if (rows % mostWaiting === 0) await Promise.race([takenUp(sheet), gone])
      if (out.destroyed) return
    }
  }
  await book.commit()
}

const addSheet = (book: Book, name: string, columns: readonly string[]): Worksheet => {
  const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.addRow(columns).commit()
  return sheet
}

const plain = (cell: Cell) =>
  typeof cell === 'string' ? xmlText(cell.slice(0, longestText)) : cell

/** exceljs writes on without asking whether anybody reads: so wait until what it wrote was taken. */
const takenUp = (sheet: Worksheet): Promise<unknown> => {
  const { pipes } = (sheet as unknown as { stream: { pipes: Writable[] } }).stream
  return Promise.all(
    pipes.map((pipe) => new Promise<void>((resolve) => pipe.write(nothing, () => resolve()))),
  )
}

const nothing = Buffer.alloc(0)
