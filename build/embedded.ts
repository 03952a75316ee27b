import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Encoding, encodings } from '../src/admin/app-file'
import { bundleApp } from '../src/admin/bundle'

const smallest = 11

/**
 * Bundles the app, writes its files below `folder`, and answers a plugin that puts a module in the
 * place of `source` which embeds them in the executable.
 */
export const embedded = async (folder: string, source: string): Promise<Bun.BunPlugin> => {
  const { files, ...start } = await bundleApp(smallest)
  const imports: string[] = []
  const entries: string[] = []
  const write = async (name: string, encoding: Encoding, body: Blob) => {
    const path = join(folder, encoding, `${name}.bin`)
    mkdirSync(join(folder, encoding), { recursive: true })
    await Bun.write(path, body)
    const local = `file${imports.length}`
    imports.push(`import ${local} from ${JSON.stringify(path)} with { type: 'file' }`)
    return `${encoding}: Bun.file(${local})`
  }
  for (const [name, { type, bodies }] of files) {
    const parts: string[] = []
    for (const encoding of encodings) parts.push(await write(name, encoding, bodies[encoding]))
    const file = `{ type: ${JSON.stringify(type)}, bodies: { ${parts.join(', ')} } }`
    entries.push(`[${JSON.stringify(name)}, ${file}]`)
  }
  const contents = `${imports.join('\n')}
const files = new Map([${entries.join(',\n')}])
const app = { ...${JSON.stringify(start)}, files }
export const readApp = async () => app
`
  return {
    name: 'embedded app',
    setup: (build) => {
      build.onLoad({ filter: /\/admin\/files\.ts$/ }, ({ path }) =>
        path === source ? { contents, loader: 'ts' } : undefined,
      )
    },
  }
}
