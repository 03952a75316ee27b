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

test('every folder and file named in the tour exists', async () => {
  const tour = readFileSync(join(root, 'src/README.md'), 'utf8')
  const named = [...tour.matchAll(/`(src\/[\w./-]+)`/g)].map(([, path = '']) => path)
  expect(named.length).toBeGreaterThan(5)
  for (const path of named)
    expect(
      await Bun.file(join(root, path))
        .stat()
        .catch(() => null),
      path,
    ).not.toBeNull()
})
