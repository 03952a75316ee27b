import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { embedded } from './embedded'

const root = join(import.meta.dir, '..')
const at = (path: string) => join(root, path)

/** Builds the one executable; `target` is `bun-linux-arm64` and its like, unset: this machine. */
export const buildProgram = async (outfile: string, target?: string) => {
  const workers = [...new Bun.Glob('src/**/*.worker.ts').scanSync(root)].map(at)
  const folder = mkdtempSync(join(tmpdir(), 'snug-build-'))
  try {
    await Bun.build({
      entrypoints: [at('src/main.ts'), ...workers],
      root: at('src'),
      target: 'bun',
      format: 'esm',
      // not identifiers: Elysia's validation goes by names, and without them lets wrong numbers through
      minify: { whitespace: true, syntax: true, identifiers: false },
      bytecode: true,
      env: 'disable',
      define: { 'process.env.NODE_ENV': '"production"' },
      plugins: [await embedded(folder, at('src/admin/files.ts'))],
      compile: {
        outfile,
        autoloadBunfig: false,
        autoloadDotenv: false,
        ...(target === undefined ? {} : { target: target as Bun.Build.CompileTarget }),
      },
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}
