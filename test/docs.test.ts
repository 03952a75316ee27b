import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandRows } from '../src/cli'
import { tables, toMarkdown } from '../src/tables'

const all = { ...tables, commands: commandRows }
const root = join(import.meta.dir, '..')

/** Documents that hold a generated table between `<!-- describe X -->` and `<!-- end -->`. */
const documents = [
  ...new Bun.Glob('*.md').scanSync(root),
  ...new Bun.Glob('{docs,src,test}/**/*.md').scanSync(root),
].toSorted()

const isGenerated = (document: string) =>
  readFileSync(join(root, document), 'utf8').includes('<!-- describe ')

for (const document of documents.filter(isGenerated)) {
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

test.each([
  ['docs/options.md', ['options', 'commands']],
  ['docs/apis.md', ['dialects', 'limits', 'ceilings']],
])('%s has its tables', (document, names) => {
  const text = readFileSync(join(root, document), 'utf8')
  for (const name of names) expect(text).toContain(`<!-- describe ${name} -->`)
})

test('every file that a document links to exists, and every heading', async () => {
  let links = 0
  for (const document of documents) {
    const folder = join(root, document, '..')
    for (const [, path = '', anchor] of readFileSync(join(root, document), 'utf8').matchAll(
      /\]\((?!https?:|\/|mailto:)([^)#\s]*)(?:#([\w-]+))?\)/g,
    )) {
      links++
      const target = path === '' ? join(root, document) : join(folder, path)
      expect({ document, path, is: await exists(target) }).toEqual({ document, path, is: true })
      if (anchor !== undefined)
        expect(headingsOf(target), `${document}: #${anchor}`).toContain(anchor)
    }
  }
  expect(links).toBeGreaterThan(150)
})

/** The headings of a document as links name them. */
const headingsOf = (path: string) =>
  [...readFileSync(path, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  )

test('the README is read in three minutes', () => {
  const words = readFileSync(join(root, 'README.md'), 'utf8').split(/\s+/)
  expect(words.length).toBeLessThan(1100)
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
  (await Bun.file(path)
    .stat()
    .catch(() => null)) !== null

for (const document of ['src/README.md', 'CONTRIBUTING.md', 'test/README.md'])
  test(`every folder and file named in ${document} exists`, async () => {
    const named = namedFiles(readFileSync(join(root, document), 'utf8'))
    expect(named.length).toBeGreaterThan(5)
    for (const path of named) expect(await exists(join(root, path)), path).toBe(true)
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
    for (const path of namedFiles(text))
      expect(await exists(join(root, path)), `${file}: ${path}`).toBe(true)
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
