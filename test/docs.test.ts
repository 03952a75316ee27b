import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandRows } from '../src/cli'
import { tables, toMarkdown } from '../src/tables'

const all = { ...tables, commands: commandRows }
const root = join(import.meta.dir, '..')

/** Documents that hold a generated table between `<!-- describe X -->` and `<!-- end -->`. */
const documents = ['README.md', ...new Bun.Glob('src/**/README.md').scanSync(root)]

for (const document of documents) {
  test(`the tables in ${document} are what the program says`, () => {
    const text = readFileSync(join(root, document), 'utf8')
    for (const [, name = '', table = ''] of text.matchAll(
      /<!-- describe (\w+) -->\n([\s\S]*?)<!-- end -->/g,
    )) {
      expect(Object.keys(all)).toContain(name)
      expect(table.trim()).toBe(toMarkdown(all[name as keyof typeof all]()))
    }
  })
}

test('the README has the tables of options, dialects and commands', () => {
  const text = readFileSync(join(root, 'README.md'), 'utf8')
  for (const name of ['options', 'dialects', 'commands'])
    expect(text).toContain(`<!-- describe ${name} -->`)
})

test('every file that the page about security names exists, and every promise names a test', async () => {
  const text = readFileSync(join(root, 'docs/security.md'), 'utf8')
  const linked = [...text.matchAll(/\]\(\.\.\/([^)#]+)[^)]*\)/g)].map(([, path = '']) => path)
  expect(linked.length).toBeGreaterThan(40)
  for (const path of linked)
    expect({ path, is: await Bun.file(join(root, path)).exists() }).toEqual({ path, is: true })
  const rows = text
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (promise|---)/.test(line))
  for (const row of rows) expect(row).toMatch(/\]\(\.\.\/test\/[^)]+\) \|$/)
})

/** Folders and files of ours that a text names between backticks. */
const namedFiles = (text: string) =>
  [...text.matchAll(/`((?:src|test|build|bench|\.ci)\/[\w./-]+)`/g)].map(([, path = '']) => path)

const exists = async (path: string) =>
  (await Bun.file(join(root, path))
    .stat()
    .catch(() => null)) !== null

for (const document of ['src/README.md', 'CONTRIBUTING.md', 'test/README.md'])
  test(`every folder and file named in ${document} exists`, async () => {
    const named = namedFiles(readFileSync(join(root, document), 'utf8'))
    expect(named.length).toBeGreaterThan(5)
    for (const path of named) expect(await exists(path), path).toBe(true)
  })

test('decisions are numbered without a gap, dated, listed, and name files that exist', async () => {
  const folder = join(root, 'docs/decisions')
  const files = [...new Bun.Glob('[0-9]*.md').scanSync(folder)].sort()
  const list = readFileSync(join(folder, 'README.md'), 'utf8')
  const rows: string[] = []
  for (const [at, file] of files.entries()) {
    const text = readFileSync(join(folder, file), 'utf8')
    const [, number, title, date] = /^# (\d+)\. (.+)\n\n(\d{4}-\d\d-\d\d)\n\n/.exec(text) ?? []
    expect({ file, number }).toEqual({ file, number: String(at + 1) })
    expect(file).toStartWith(String(number).padStart(4, '0'))
    rows.push(`| [${number}](${file}) | ${date} | ${title} |`)
    for (const path of namedFiles(text)) expect(await exists(path), `${file}: ${path}`).toBe(true)
  }
  expect(list.split('\n').filter((line) => line.startsWith('| ['))).toEqual(rows)
})

test('each list of files in CONTRIBUTING.md is where the word of its example stands', async () => {
  const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')
  const lists = text.split(/^### /m).slice(1)
  expect(lists).toHaveLength(5)
  for (const list of lists) {
    const word = /Recorded from `(\w+)`/.exec(list)?.[1] ?? ''
    const named = namedFiles(list).filter((path) => /^src\/.+\.\w+$/.test(path))
    expect({ word, files: named.toSorted() }).toEqual({ word, files: filesWith(word) })
    expect(named.length).toBeLessThanOrEqual(10)
  }
})

/** The files of the program in which a word stands, sorted. */
const filesWith = (word: string): string[] =>
  [...new Bun.Glob('src/**/*.{ts,tsx,md}').scanSync(root)]
    .filter((path) => new RegExp(`\\b${word}\\b`).test(readFileSync(join(root, path), 'utf8')))
    .toSorted()
