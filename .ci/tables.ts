/** Rewrites the generated tables in the documents; `test/docs.test.ts` fails when they are stale. */
import { commandRows } from '../src/cli'
import { tables, toMarkdown } from '../src/tables'

const all = { ...tables, commands: commandRows }

for (const path of [
  ...new Bun.Glob('docs/*.md').scanSync('.'),
  ...new Bun.Glob('src/**/README.md').scanSync('.'),
]) {
  const text = await Bun.file(path).text()
  const fresh = text.replace(
    /(<!-- describe (\w+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, head, name, tail) => `${head}${toMarkdown(all[name as keyof typeof all]())}\n${tail}`,
  )
  if (fresh !== text) await Bun.write(path, fresh)
}
