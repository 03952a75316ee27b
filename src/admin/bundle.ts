import { basename, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { App, AppFile } from './app-file'

/**
 * Bundles the app from its sources, in memory. `quality` is brotli's, 0 to 11: 11 is the smallest and
 * takes seconds, so only releases ask for it.
 */
export async function bundleApp(quality: number): Promise<App> {
  const built = await Bun.build({
    entrypoints: ['main.tsx', 'look/index.css'].map((path) => join(import.meta.dir, 'ui', path)),
    target: 'browser',
    minify: true,
    splitting: true,
    env: 'disable',
    define: { 'process.env.NODE_ENV': '"production"' },
    naming: '[name]-[hash].[ext]',
  })
  const files = new Map<string, AppFile>()
  for (const output of built.outputs)
    files.set(basename(output.path), await inEveryEncoding(output, quality))
  const names = [...files.keys()]
  return {
    scripts: await neededFrom(files, names.find((name) => /^main-.*\.js$/.test(name)) ?? ''),
    style: names.find((name) => name.endsWith('.css')) ?? '',
    files,
  }
}

/** A script and all that it imports at once, so that the page can ask for them together. */
async function neededFrom(files: ReadonlyMap<string, AppFile>, entry: string) {
  const needed = new Set([entry])
  for (const name of needed) {
    const text = (await files.get(name)?.bodies.identity.text()) ?? ''
    for (const [, imported = ''] of text.matchAll(/(?:from|import)"\.\/([^"]+)"/g))
      needed.add(imported)
  }
  return [...needed]
}

async function inEveryEncoding(output: Blob, quality: number): Promise<AppFile> {
  const { type } = output
  const bytes = new Uint8Array(await output.arrayBuffer())
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  }
  const bodies = {
    br: new Blob([brotliCompressSync(bytes, { params })]),
    gzip: new Blob([gzipSync(bytes, { level: Math.min(quality, 9) })]),
    identity: new Blob([bytes]),
  }
  return { type, bodies }
}
