import { expect, test } from 'bun:test'
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
  metrics: ['clicks', 'store', 'http', 'redirect'],
  redirect: ['bounds.ts', 'core', 'clicks', 'http', 'net', 'qr'],
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
  'time.ts': [],
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

/** What is against an import of a file, in words; null: nothing. */
const flawOf = (file: string, path: string): string | null => {
  const target = resolved(path)
  const [from, to] = [partOf(file), partOf(target)]
  if (to === from && from !== 'dialects') return null
  if (from === 'dialects' && to === 'dialects') {
    const [[, own], [, other]] = [file.split('/'), target.split('/')]
    return own === 'index.ts' || other === own ? null : `imports another dialect: ${target}`
  }
  if (target === 'time.ts') return null
  const may = allowed[from] ?? []
  if (!may.includes('*') && !may.includes(to)) return `imports ${target}`
  const isDoor = target.endsWith('/index.ts') || !target.includes('/')
  const isSideDoor = sideDoors.some(([by, door]) => by === file && target === `${door}.ts`)
  return isDoor || isSideDoor ? null : `enters ${target} past its index.ts`
}

test('imports go inwards, through doors', () => {
  const offenders = listed.flatMap((file) =>
    importsOf(file).flatMap((path) => {
      const flaw = flawOf(file, path)
      return flaw === null ? [] : [`${file} ${flaw}`]
    }),
  )
  expect(offenders).toEqual([])
})

/** Lists, which are as long as what they list. */
const lists = ['store/schema.ts', 'config/options.ts']

/** Who asks for time, chance and environment, and hands them on. */
const asking = /^(main|app|production|config\/index|admin\/bundle)\.ts$|^cli\/|^admin\/ui\//

/** Names that say nothing of what a file holds. */
const empty = /(^|\/)(utils?|helpers?|common|types|managers?)(\.|\/)/

/** Words of ours for things that the field has a word for. */
const oldWords =
  /\b(Kit|createKit|startParts|createRules|speakElsewhere|standardWords|tellSeen|readerOf|surviveSurprises|StatsWish|onlyLooks|createFigures|orTell|atData|kit|leavings|spoken)\b/

test('every file is short, well named, in words of the field, and takes time, chance and environment as arguments', () => {
  const offenders = listed.flatMap((file) => {
    const text = read(file)
    const lines = text.split('\n').length
    return [
      ...(lines > 201 && !lists.includes(file) ? [`${file} has ${lines} lines`] : []),
      ...(empty.test(file) ? [`${file} has a name that says nothing`] : []),
      ...(oldWords.test(text) ? [`${file} says ${oldWords.exec(text)?.[0]}`] : []),
      ...(!asking.test(file) &&
      /\bDate\.now\b|\bMath\.random\b|\bprocess\.env\b|\bnew Date\(\)/.test(text)
        ? [`${file} asks for time, chance or environment itself`]
        : []),
    ]
  })
  expect(offenders).toEqual([])
})

/** What waits without a name of its own: arrow functions lose theirs at the first await, handlers never had one. */
const nameless = [
  /\bconst \w+ = async (?:<|\()/,
  /^\s+\w+: async (?:<|\()/m,
  /\.(?:get|post|put|patch|delete|all)\(\s*'\/[^']*',\s*(?:async )?\(/,
]

test('what answers a request, and what waits, has a name in a stack trace', () => {
  const offenders = listed
    .filter((file) => !file.startsWith('admin/ui/'))
    .flatMap((file) =>
      nameless.flatMap((trick) => {
        const found = trick.exec(read(file))
        return found === null ? [] : [`${file}: ${found[0].trim()}`]
      }),
    )
  expect(offenders).toEqual([])
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
