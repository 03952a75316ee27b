import { bytes, type Encode } from './table'

/** A JSON array of objects, one a line. */
export const encodeJson: Encode = async function* ({ columns, pages }) {
  let before = '[\n'
  for await (const page of pages) {
    const rows = page.map((row) =>
      JSON.stringify(Object.fromEntries(columns.map((column) => [column, row[column] ?? null]))),
    )
    if (rows.length === 0) continue
    yield bytes(before + rows.join(',\n'))
    before = ',\n'
  }
  yield bytes(before === ',\n' ? '\n]\n' : '[]\n')
}
