import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { type FormatName, formats, type Row } from '../../src/export'
import { xlsxEncoder } from '../../src/export/xlsx'
import { readers } from './readers'

const names = Object.keys(formats) as FormatName[]
const columns = ['text', 'count', 'flag', 'none']

const paged = async function* (rows: readonly Row[], size = 2) {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size)
}

const encoded = async (name: FormatName, rows: readonly Row[]) => {
  const pieces: Uint8Array[] = []
  const table = { row: 'click', columns, pages: paged(rows) }
  for await (const piece of formats[name].encode(table)) pieces.push(piece)
  return Buffer.concat(pieces)
}

const row = (text: string): Row => ({ text, count: 7, flag: true, none: null })
const read = async (name: FormatName, rows: readonly Row[]) =>
  readers[name](await encoded(name, rows))

describe.each(names)('%s', (name) => {
  test('holds every row, in order, page after page', async () => {
    const texts = ['a', 'b', 'c', 'd', 'e']
    expect(await read(name, texts.map(row))).toEqual([
      columns,
      ...texts.map((text) => [text, '7', 'true', '']),
    ])
  })

  test('of nothing is a file that can be read', async () => {
    const [head, ...rows] = await read(name, [])
    expect(rows).toEqual([])
    expect(head ?? columns).toEqual(columns)
  })

  test('gives any text back that it can hold', async () => {
    const texts = ['ä 漢字 🦊', 'a,b;"c"', "it's", '<b>&</b>', ']]>', '<!--', '{"a":1}', 'TRUE']
    const cells = (await read(name, texts.map(row))).slice(1).map(([text]) => text)
    expect(cells).toEqual(texts)
  })

  test('stays readable whatever is stored', async () => {
    const anything = fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(anything, async (texts) => {
        const found = await read(name, texts.map(row))
        expect(Math.max(0, found.length - 1)).toBe(texts.length)
      }),
      { numRuns: name === 'xlsx' ? 20 : 100 },
    )
    const bad = ['\0', '\u0001\u001f', '\ud800', '\ufffe\uffff', '\u007f\u0085\u2028', 'a\r\nb']
    expect(await read(name, bad.map(row))).toHaveLength(bad.length + 1)
  })

  test('makes the next piece only when it is asked for', async () => {
    let pages = 0
    const endless = async function* () {
      for (;;) {
        pages++
        yield Array.from({ length: 1000 }, (_, at) => row(`row ${pages} ${at}`))
      }
    }
    const pieces = formats[name].encode({ row: 'click', columns, pages: endless() })
    for (let piece = 0; piece < 10; piece++) await pieces.next()
    const taken = pages
    // what packs them has a thread of its own: how far it is ahead depends on who else is busy
    for (let before = -1; before < pages && pages - taken < 300; await Bun.sleep(20)) before = pages
    expect(pages - taken).toBeLessThan(300)
    await pieces.return(undefined)
    const ended = pages
    for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate)
    expect(pages - ended).toBeLessThan(2)
  })

  test('ends with the error of whoever reads the rows', async () => {
    const broken = async function* () {
      yield [row('fine')]
      throw new Error('the disk is gone')
    }
    const all = async () => {
      const table = { row: 'click', columns, pages: broken() }
      for await (const _ of formats[name].encode(table));
    }
    await expect(all()).rejects.toThrow('the disk is gone')
  })
})

describe('formulas', () => {
  const texts = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\0=1', '=HYPERLINK("http://x")']

  test('are text in CSV', async () => {
    const rows = (await read('csv', texts.map(row))).slice(1)
    expect(rows.map(([text]) => text)).toEqual(texts.map((text) => `'${text}`))
  })
  test('are no formulas in a workbook', async () => {
    const rows = (await read('xlsx', texts.map(row))).slice(1)
    expect(rows[0]?.[0]).toBe('=1+1')
  })
  test('and numbers stay numbers', async () => {
    const text = `${await encoded('csv', [{ text: 'a', count: -7, flag: false, none: null }])}`
    expect(text).toBe('text,count,flag,none\r\na,-7,false,\r\n')
  })
})

test('a workbook goes on in further sheets, each under the same head', async () => {
  const rows = Array.from({ length: 2500 }, (_, at) => row(`${at}`))
  const pieces: Uint8Array[] = []
  const table = { row: 'click', columns, pages: paged(rows, 250) }
  for await (const piece of xlsxEncoder(1000)(table)) pieces.push(piece)
  const found = await readers.xlsx(Buffer.concat(pieces))
  expect(found.filter(([text]) => text === 'text')).toHaveLength(3)
  expect(found.filter(([text]) => text !== 'text').map(([text]) => text)).toEqual(
    rows.map(({ text }) => String(text)),
  )
})
