import { describe, expect, test } from 'bun:test'
import { readCsv } from '../../src/admin/ui/screens/import/csv'
import { itemOf, suggest } from '../../src/admin/ui/screens/import/mapping'

describe('a CSV file', () => {
  for (const [says, text, rows] of [
    [
      'with commas and CRLF',
      'a,b\r\n1,2\r\n3,4\r\n',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['with semicolons', 'a;b\n1;2,5', [['1', '2,5']]],
    ['with tabs', 'a\tb\n1\t2', [['1', '2']]],
    ['with a byte order mark', '\uFEFFa,b\n1,2', [['1', '2']]],
    ['with quotes, commas and lines in a field', 'a,b\n"x, ""y""\nz",2', [['x, "y"\nz', '2']]],
    [
      'with empty fields at the end',
      'a,b\n1,\n,2',
      [
        ['1', ''],
        ['', '2'],
      ],
    ],
    ['with empty lines', 'a,b\n\n1,2\n\n', [['1', '2']]],
    ['that ends inside a quote', 'a,b\n"1,2', [['1,2']]],
    [
      'with old line ends',
      'a,b\r1,2\r3,4',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['without rows', 'a,b', []],
    ['that is empty', '', []],
  ] as [string, string, string[][]][])
    test(`${says} is read as it was meant`, () => {
      const table = readCsv(text)
      expect(table.rows).toEqual(rows)
      if (text !== '') expect(table.columns).toEqual(['a', 'b'])
    })

  test('of 100,000 rows is read at once', () => {
    const line = 'https://example.com/a/b,"code, quoted",x;y\n'
    expect(readCsv(`url,code,tags\n${line.repeat(100_000)}`).rows).toHaveLength(100_000)
  })
})

describe('the columns of a file', () => {
  test('are recognised by their usual names', () => {
    const table = readCsv('Long URL,Slug,Tags,Expires At,Max Clicks,Something\n')
    const { originalUrl, customAlias, tags, expiresAt, maxClicks, notes } = suggest(table)
    expect({ originalUrl, customAlias, tags, expiresAt, maxClicks, notes }).toEqual({
      originalUrl: 0,
      customAlias: 1,
      tags: 2,
      expiresAt: 3,
      maxClicks: 4,
      notes: null,
    })
  })

  test('become the fields of a link; empty cells are left out, wrong dates sent as they are', () => {
    const table = readCsv(
      'url,tags,startsAt,expiresAt,maxClicks\nhttps://x.example,"a, b;c",2030-01-02T03:04:05Z,soon,7\nhttps://y.example',
    )
    const items = table.rows.map((row) => itemOf(row, suggest(table)))
    expect(items).toEqual([
      {
        originalUrl: 'https://x.example',
        tags: ['a', 'b', 'c'],
        startsAt: '2030-01-02T03:04:05.000Z',
        expiresAt: 'soon',
        maxClicks: 7,
      },
      { originalUrl: 'https://y.example' },
    ])
  })
})
