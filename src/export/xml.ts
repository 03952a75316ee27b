import { XMLBuilder } from 'fast-xml-parser'
import { bytes, type Encode, xmlText } from './table'

/** An XML document: `<clicks>` with one `<click>` a row, and one element a column. */
export const encodeXml: Encode = async function* ({ row: name, columns, pages }) {
  const builder = new XMLBuilder({
    format: true,
    tagValueProcessor: (_, value) => xmlText(String(value)),
  })
  yield bytes(`<?xml version="1.0" encoding="UTF-8"?>\n<${name}s>\n`)
  for await (const page of pages) {
    const rows = page.map((row) =>
      Object.fromEntries(columns.map((column) => [column, row[column] ?? ''])),
    )
    yield bytes(builder.build({ [name]: rows }))
  }
  yield bytes(`</${name}s>\n`)
}
