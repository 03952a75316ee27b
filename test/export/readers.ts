/** Strict readers of the four formats, none of them ours: each answers a file's cells as texts, head first. */
import { Workbook } from 'exceljs'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import type { FormatName } from '../../src/export'

type Read = (file: Uint8Array) => Promise<string[][]>

const utf8 = (file: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(file)

/** RFC 4180 by its grammar; anything outside it throws. */
const readCsv: Read = async (file) => {
  const text = utf8(file)
  const rows: string[][] = []
  let row: string[] = []
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex
    const [, quoted, plain = '', end] = cell.exec(text) ?? []
    if (end === undefined) throw new Error(`not RFC 4180 at ${at}`)
    row.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}

const readJson: Read = async (file) => withHead(JSON.parse(utf8(file)))

const readXml: Read = async (file) => {
  const text = utf8(file)
  const fault = XMLValidator.validate(text)
  if (fault !== true) throw new Error(fault.err.msg)
  const parser = new XMLParser({
    parseTagValue: false,
    trimValues: false,
    isArray: (name) => name === 'click',
  })
  return withHead(parser.parse(text).clicks.click ?? [])
}

const withHead = (rows: readonly Record<string, unknown>[]): string[][] => {
  const columns = Object.keys(rows[0] ?? {}).filter((name) => name !== '#text')
  const cells = rows.map((row) => columns.map((column) => `${row[column] ?? ''}`))
  return rows.length === 0 ? [] : [columns, ...cells]
}

const readXlsx: Read = async (file) => {
  const book = new Workbook()
  await book.xlsx.load(file.slice().buffer)
  return book.worksheets.flatMap((sheet) => {
    const rows: string[][] = []
    sheet.eachRow((row) => {
      const cells = Array.from({ length: sheet.columnCount }, (_, at) => row.getCell(at + 1).value)
      for (const cell of cells)
        if (typeof cell === 'object' && cell !== null) throw new Error('a cell that is no value')
      rows.push(cells.map((cell) => `${cell ?? ''}`))
    })
    return rows
  })
}

export const readers: Record<FormatName, Read> = {
  csv: readCsv,
  json: readJson,
  xml: readXml,
  xlsx: readXlsx,
}
