import { describe, expect, test } from 'bun:test'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

const root = join(import.meta.dir, '..')
const src = join(root, 'src')

/** What each folder (or file) of `src` may import of ours. A folder may always import itself. */
const allowed: Record<string, readonly string[]> = {
  store: [],
  net: ['core'],
  export: [],
  'bounds.ts': [],
  core: ['bounds.ts', 'store'],
  auth: ['bounds.ts', 'store', 'core'],
  clicks: ['store'],
  http: ['core', 'auth', 'net'],
  api: ['core', 'auth', 'http', 'net'],
  config: ['core', 'http', 'net'],
  dialects: ['api', 'http', 'core', 'export', 'qr'],
  admin: ['bounds.ts'],
  landing: ['bounds.ts', 'http'],
  safety: ['core', 'net'],
  qr: [],
  backups: ['store'],
  webhooks: ['clicks', 'core', 'net', 'store'],
  metrics: ['api', 'clicks', 'store', 'http', 'redirect'],
  redirect: ['bounds.ts', 'api', 'core', 'clicks', 'http', 'net', 'qr'],
  cli: [
    'app.ts',
    'clean-text.ts',
    'open-core.ts',
    'clicks',
    'jobs.ts',
    'config',
    'tables.ts',
    'log.ts',
    'mail.ts',
    'core',
    'net',
    'store',
  ],
  'clean-text.ts': [],
  'log.ts': ['clean-text.ts'],
  'mail.ts': [],
  'production.ts': [],
  'main.ts': ['production.ts', 'cli'],
  'app.ts': ['*'],
  'services.ts': ['*'],
  'dialect-context.ts': ['*'],
  'open-core.ts': ['*'],
  'tables.ts': ['*'],
  'jobs.ts': ['*'],
  'system.ts': ['*'],
}

/** Folders whose other files than `index.ts` may be imported, and by whom. */
const sideDoors = [['tables.ts', 'redirect/outcomes']] as const

/** Who may import another folder's types, and nothing else of it: the app's client is typed by the API. */
const typesOnly = [['admin/ui/api.ts', 'dialects/snug/routes.ts']] as const

const listed = [...new Bun.Glob('**/*.{ts,tsx}').scanSync(src)].sort()
const read = (file: string) => readFileSync(join(src, file), 'utf8')
const partOf = (file: string) => file.split('/')[0] ?? file

/** Our own modules that a file imports, as paths below `src`. */
const importsOf = (file: string): string[] => {
  const ofTypes = typesOnly.filter(([by]) => by === file).map(([, path]) => path)
  const isOfTypes = (statement: string, path: string) =>
    statement.startsWith('import type ') && ofTypes.some((door) => door === resolved(path))
  return [...read(file).matchAll(/(?:^import [^']*|from|import)\s*\(?\s*'(\.[^']*)'/gm)]
    .map(([statement, path = '']) => [statement, normalize(join(dirname(file), path))] as const)
    .filter(([statement, path]) => !path.startsWith('..') && !isOfTypes(statement, path))
    .map(([, path]) => path)
}

const resolved = (path: string) => {
  if (existsSync(join(src, `${path}.ts`))) return `${path}.ts`
  return existsSync(join(src, path, 'index.ts'))
    ? `${path === '.' ? '' : `${path}/`}index.ts`
    : path
}

describe('imports', () => {
  for (const file of listed) {
    test(`of ${file} go inwards, through doors`, () => {
      const from = partOf(file)
      for (const path of importsOf(file)) {
        const target = resolved(path)
        const to = partOf(target)
        if (to === from && from !== 'dialects') continue
        if (from === 'dialects' && to === 'dialects') {
          const [, other] = target.split('/')
          const [, own] = file.split('/')
          if (own === 'index.ts' || other === own) continue
          throw new Error(`${file} imports another dialect: ${target}`)
        }
        const may = allowed[from] ?? []
        expect(may.includes('*') ? to : may, `${file} imports ${target}`).toContain(to)
        const isDoor = target.endsWith('/index.ts') || !target.includes('/')
        const isSideDoor = sideDoors.some(([by, door]) => by === file && target === `${door}.ts`)
        expect(isDoor || isSideDoor, `${file} enters ${target} past its index.ts`).toBe(true)
      }
    })
  }
})

describe('every file of src', () => {
  const lists = ['store/schema.ts', 'options.ts']
  for (const file of listed) {
    test(`${file} is short, well named and takes time, chance and environment as arguments`, () => {
      const text = read(file)
      if (!lists.includes(file)) expect(text.split('\n').length).toBeLessThanOrEqual(201)
      expect(file).not.toMatch(/(^|\/)(utils?|helpers?|common|types|managers?)(\.|\/)/)
      const mayAsk =
        ['main.ts', 'app.ts', 'config.ts', 'production.ts', 'admin/bundle.ts'].includes(file) ||
        file.startsWith('cli/') ||
        file.startsWith('admin/ui/')
      if (!mayAsk)
        expect(text).not.toMatch(/\bDate\.now\b|\bMath\.random\b|\bprocess\.env\b|\bnew Date\(\)/)
    })
  }
})

test('no transaction outside the store, and none holds an await', () => {
  for (const file of listed) {
    if (!file.startsWith('store/')) expect(read(file)).not.toMatch(/\.transaction\(/)
    expect(read(file)).not.toMatch(/\b(transaction|write)\(\s*async/)
  }
})

test('every dialect has the same five files', () => {
  for (const { name } of dialectFolders()) {
    for (const file of ['dialect.ts', 'routes.ts', 'schema.ts', 'view.ts', 'README.md'])
      expect(existsSync(join(src, 'dialects', name, file)), `dialects/${name}/${file}`).toBe(true)
  }
})

const dialectFolders = () =>
  [
    ...new Set(
      listed.filter((file) => /^dialects\/.+\//.test(file)).map((file) => file.split('/')[1] ?? ''),
    ),
  ].map((name) => ({ name }))
