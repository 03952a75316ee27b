import { expect, test } from 'bun:test'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { type CsvRow, readCsv } from '../../src/cli/csv-rows'
import { temporaryFolder } from '../program'

const rowsOf = async (text: string): Promise<CsvRow[]> => {
  using folder = temporaryFolder()
  const file = join(folder.path, 'rows.csv')
  writeFileSync(file, text)
  return await Array.fromAsync(readCsv(file))
}

/** So many good rows, the first in line 2. */
const plain = (rows: number) => Array.from({ length: rows }, (_, row) => `a${row},b${row}`)

test('rows carry their line, through blank lines, quotes, line breaks in cells and a byte order mark', async () => {
  const text =
    '\ufeff\r\none,two\r\n1,"a ""b"", c"\r\n\r\n2,"over\r\ntwo lines"\r\n3,un"quoted\r\n4\r\n5,x,y'
  expect(await rowsOf(text)).toEqual([
    { line: 3, cells: { one: '1', two: 'a "b", c' } },
    { line: 6, cells: { one: '2', two: 'over\ntwo lines' } },
    { line: 7, cells: { one: '3', two: 'un"quoted' } },
    { line: 8, cells: { one: '4' } },
    { line: 9, cells: { one: '5', two: 'x' } },
  ] as CsvRow[])
})

for (const [what, broken] of [
  ['text behind a closing quote', '"a"b,c'],
  ['a quote that is never closed', 'a,"b'],
])
  test(`a row with ${what} costs no other, wherever it stands`, async () => {
    for (const at of [0, 1, 199, 200, 201, 249, 250, 499]) {
      const lines = plain(500)
      lines[at] = broken ?? ''
      const rows = await rowsOf(`one,two\n${lines.join('\n')}\n`)
      expect(rows).toHaveLength(500)
      expect(rows.filter((row) => 'problem' in row).map(({ line }) => line)).toEqual([at + 2])
      expect(rows.map(({ line }) => line)).toEqual(Array.from({ length: 500 }, (_, row) => row + 2))
    }
  })

test('well-formed files are read as the parser reads them whole', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ' ', '"', ',', '\n', 'ä'), maxLength: 6 })
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(cell, cell), { maxLength: 600, size: 'max' }),
      async (rows) => {
        const text = `one,two\n${rows.map((row) => row.map(quoted).join(',')).join('\n')}\n`
        const whole = parse(text, { columns: true, trim: true, skip_empty_lines: true })
        const read = (await rowsOf(text)).map((row) => ('cells' in row ? row.cells : row))
        expect(read).toEqual(whole as typeof read)
      },
    ),
    { numRuns: 40 },
  )
})
