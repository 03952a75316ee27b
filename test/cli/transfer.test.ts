import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runProgram, temporaryFolder } from '../program'

const main = join(import.meta.dir, '../../src/main.ts')
const fixture = join(import.meta.dir, '../fixtures/schema-0000.db')
const snug = (cwd: string, ...args: string[]) => runProgram(['bun', main, ...args], { cwd })

/** A folder whose database is the fixture: 2 accounts, 40 links with 5 clicks each. */
const furnished = () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder.path, 'data'))
  copyFileSync(fixture, join(folder.path, 'data/snug.db'))
  return folder
}

const rows = (folder: string, sql: string) => {
  const sqlite = new Database(join(folder, 'data/snug.db'), { readonly: true })
  const answer = sqlite.query(sql).values()
  sqlite.close()
  return answer
}

const everything = `SELECT code, destination, email, campaign_id, anonymous, links.created_at, clicks, visitors, redirect_us
  FROM links JOIN accounts ON accounts.id = owner_id JOIN link_totals ON link_id = links.id ORDER BY code`

test('an export is whole again in another instance, however often it is imported', async () => {
  using home = furnished()
  using away = temporaryFolder()
  const file = join(away.path, 'all.jsonl')
  expect(await snug(home.path, 'export', file)).toMatchObject({ code: 0 })
  expect(
    readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).type),
  ).toHaveLength(1 + 2 + 1 + 1 + 40 + 200)
  expect((await snug(away.path, 'import', file)).out).toBe('40 added, 0 there already, 0 refused\n')
  expect((await snug(away.path, 'import', file)).out).toBe('0 added, 40 there already, 0 refused\n')
  expect(rows(away.path, everything)).toEqual(rows(home.path, everything))
  const days = 'SELECT day, sum(clicks), sum(visitors) FROM link_days GROUP BY day'
  expect(rows(away.path, days)).toEqual(rows(home.path, days))
  const hashes = 'SELECT hash FROM keys ORDER BY hash'
  expect(rows(away.path, hashes)).toEqual(rows(home.path, hashes))
}, 30_000)

test('half an import, started again, ends as a whole one', async () => {
  using home = furnished()
  using away = temporaryFolder()
  const file = join(away.path, 'all.jsonl')
  await snug(home.path, 'export', file)
  const lines = readFileSync(file, 'utf8').split('\n')
  const half = join(away.path, 'half.jsonl')
  writeFileSync(half, lines.slice(0, 120).join('\n')) // ends among the clicks of a link
  await snug(away.path, 'import', half)
  await snug(away.path, 'import', file)
  expect(rows(away.path, everything)).toEqual(rows(home.path, everything))
}, 30_000)

test('CSV of other shorteners becomes links, and what can’t be one is told', async () => {
  using folder = furnished()
  const file = join(folder.path, 'links.csv')
  writeFileSync(
    file,
    '\ufeffkeyword,url,title,Labels\r\nhandbook,https://example.com/handbook,"The ""Handbook"", new",a b\r\n' +
      'old1,https://example.com/other,,\r\nnone,not a url,,\r\n,https://example.com/random,,\r\n',
  )
  const first = await snug(folder.path, 'import', file, '--columns', 'tags=Labels')
  expect(first).toMatchObject({ code: 1, out: '2 added, 0 there already, 2 refused\n' })
  expect(first.err).toContain('row 2: code_taken')
  expect(first.err).toContain('row 3: url_invalid')
  expect(
    rows(
      folder.path,
      "SELECT title, tags, email FROM links JOIN accounts ON accounts.id = owner_id WHERE code = 'handbook'",
    ),
  ).toEqual([['The "Handbook", new', '["a","b"]', 'owner@example.com']])
  expect((await snug(folder.path, 'import', file)).out).toContain('1 there already')
}, 30_000)

test('a row of a CSV file that can’t be a link is told with its line; words and quotes are no reason', async () => {
  using folder = furnished()
  const file = join(folder.path, 'links.csv')
  const rows: [string, says: string | null][] = [
    ['https://example.com/a,Scunthorpe,,', null],
    ['https://example.com/b,bullshit,,', null],
    ['javascript:alert(1),,,', 'url_invalid'],
    ['not a url,,,', 'url_invalid'],
    [',,,', 'url_missing'],
    ['https://example.com/c,admin,,', 'code_reserved'],
    ['https://example.com/d,a b,,', 'code_invalid'],
    ['https://example.com/e,,2027-02-30,', 'expiresAt'],
    ['https://example.com/f,,12/31/2027,', 'expiresAt'],
    ['https://example.com/g,,2027-02-28,', null],
    ['https://example.com/h,,,many', 'maxClicks'],
    ['https://example.com/i,say-"hi",,', 'code_invalid'],
    [`https://example.com/${'x'.repeat(2048)},,,`, 'url_invalid'],
    ['https://example.com/j,last,,5', null],
  ]
  writeFileSync(file, `url,code,expires,maxclicks\n${rows.map(([row]) => `${row}\n`).join('')}`)
  const { code, out, err } = await snug(folder.path, 'import', file)
  expect({ code, out }).toEqual({ code: 1, out: '4 added, 0 there already, 10 refused\n' })
  for (const [at, [, says]] of rows.entries())
    if (says !== null)
      expect(err).toMatch(new RegExp(`^refused: line ${at + 2}, row ${at + 1}: .*${says}`, 'm'))
}, 30_000)

test.each([
  ['--columns', 'destination=Nowhere', 'there is no column Nowhere'],
  ['--columns', 'colour=url', 'colour is none of'],
  ['--owner', 'nobody@example.com', 'there is no account nobody@example.com'],
])(
  'an import with %s %s is refused whole',
  async (option, value, says) => {
    using folder = furnished()
    const file = join(folder.path, 'links.csv')
    writeFileSync(file, 'url\nhttps://example.com/\n')
    const { code, err } = await snug(folder.path, 'import', file, option, value)
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(says) })
    expect(rows(folder.path, 'SELECT count(*) FROM links')).toEqual([[40]])
  },
  30_000,
)

test.each([
  ['caddy', 'redir /old1 "https://example.com/1" 302\n'],
  ['nginx', 'location = /old1 { return 302 "https://example.com/1"; }\n'],
  ['netlify', '/old1 https://example.com/1 302\n'],
  ['html', '<li><a id="old1" href="https://example.com/1">old1</a>'],
])(
  'links leave for %s, without those it could not keep',
  async (format, line) => {
    using folder = furnished()
    const sqlite = new Database(join(folder.path, 'data/snug.db'))
    sqlite.run("UPDATE links SET max_clicks = 3 WHERE code = 'old40'")
    sqlite.run(
      "UPDATE links SET destination = 'https://example.com/?a={x}$1\"b' WHERE code = 'old3'",
    )
    sqlite.close()
    const file = join(folder.path, 'links.txt')
    const { code, err } = await snug(folder.path, 'export', file, '--format', format)
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('1 links left out') })
    const text = readFileSync(file, 'utf8')
    expect(text).toContain(line)
    expect(text).not.toContain('old40')
    expect(text).toContain('?a=%7Bx%7D%241%22b')
  },
  30_000,
)

test('an interrupted CSV import goes on at the row it is told', async () => {
  using folder = furnished()
  const file = join(folder.path, 'links.csv')
  writeFileSync(
    file,
    `url\n${['a', 'b', 'c'].map((page) => `https://example.com/${page}\n`).join('')}`,
  )
  for (const wrong of ['0', '-1', 'two', ''])
    expect(await snug(folder.path, 'import', file, '--from', wrong)).toMatchObject({ code: 2 })
  expect((await snug(folder.path, 'import', file, '--from', '3')).out).toStartWith('1 added')
}, 30_000)

test('an unknown format is wrong usage', async () => {
  using folder = temporaryFolder()
  expect(await snug(folder.path, 'export', 'x', '--format', 'yaml')).toMatchObject({ code: 2 })
})
