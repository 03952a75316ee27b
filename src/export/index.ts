import { encodeCsv } from './csv'
import { encodeJson } from './json'
import type { Encode } from './table'
import { xlsxEncoder } from './xlsx'
import { encodeXml } from './xml'

export type { Cell, Encode, Row, Table } from './table'

type Format = { mime: string; extension: string; encode: Encode }

/** Every format a table can be had in. */
export const formats = {
  csv: { mime: 'text/csv; charset=utf-8', extension: 'csv', encode: encodeCsv },
  json: { mime: 'application/json; charset=utf-8', extension: 'json', encode: encodeJson },
  xml: { mime: 'application/xml; charset=utf-8', extension: 'xml', encode: encodeXml },
  xlsx: {
    mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extension: 'xlsx',
    encode: xlsxEncoder(1_000_000),
  },
} as const satisfies Record<string, Format>

export type FormatName = keyof typeof formats
