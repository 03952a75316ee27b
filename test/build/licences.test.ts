import { expect, test } from 'bun:test'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { objectionTo } from '../../build/licence'
import { shippedPackages } from '../../build/packages'
import { runProgram, temporaryFolder } from '../program'

const root = join(import.meta.dir, '../..')

const silent: Record<string, object> = {
  nothing: {},
  'an empty text': { license: '' },
  'a space': { license: ' ' },
  null: { license: null },
  'an empty object': { license: {} },
  'an empty type': { license: { type: '' } },
  'an empty list': { licenses: [] },
  'a list of nothing': { licenses: [{}] },
  'that it has none': { license: 'UNLICENSED' },
  'that nobody knows': { license: 'unknown' },
  'only where to look': { license: 'SEE LICENSE IN LICENSE.md' },
}
const bound = [
  'GPL-3.0',
  'AGPL-3.0-only',
  'SSPL-1.0',
  'BUSL-1.1',
  '(MIT AND GPL-2.0)',
  'MIT AND Commons-Clause',
]
const free: object[] = [
  ...['MIT', '(MIT OR GPL-3.0-or-later)', '0BSD', 'SEE LICENSE IN X (CC-BY-4.0)'].map(
    (license) => ({ license }),
  ),
  { license: { type: 'ISC' } },
  { licenses: [{ type: 'MIT' }, { type: 'GPL-2.0' }] },
  { licenses: ['BSD'] },
]

/** A project whose only dependency is a package that says this about its licence. */
const projectWith = (says: object) => {
  const folder = temporaryFolder()
  const write = (path: string, json: object) => {
    mkdirSync(dirname(join(folder.path, path)), { recursive: true })
    writeFileSync(join(folder.path, path), JSON.stringify(json))
  }
  write('package.json', { name: 'project', version: '1.0.0', dependencies: { deep: '1' } })
  write('node_modules/@some/free/package.json', {
    name: '@some/free',
    version: '1.0.0',
    license: 'MIT',
  })
  write('node_modules/deep/package.json', { name: 'deep', version: '1.2.3', ...says })
  return folder
}

const gate = (folder: string) =>
  runProgram(['bun', join(root, '.ci/licences.ts'), folder], { cwd: root })

for (const [what, says] of Object.entries(silent))
  test(`a package that says ${what} about its licence is neither let through nor shipped`, async () => {
    using project = projectWith(says)
    expect(await gate(project.path)).toMatchObject({
      code: 1,
      err: expect.stringContaining('deep@1.2.3 names no licence'),
    })
    expect(() => shippedPackages(project.path)).toThrow('deep@1.2.3 names no licence')
  })

test('a licence that binds is refused, a choice that does not is enough', () => {
  const objection = (says: object) => objectionTo({ name: 'deep', version: '1.2.3', ...says })
  for (const license of bound) expect(objection({ license })).toBe(`deep@1.2.3: ${license}`)
  for (const says of free) expect(objection(says)).toBeNull()
})

test('everything that is installed here has a free licence', async () => {
  expect(await gate(root)).toEqual({ code: 0, out: '', err: '' })
}, 20_000)
