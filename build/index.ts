/** `bun run build`: the one executable. Arguments: `--outfile PATH`, `--target bun-linux-arm64` and its like. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { embedded } from './embedded'

const { values } = parseArgs({
  options: { outfile: { type: 'string', default: 'dist/snug' }, target: { type: 'string' } },
})
const root = join(import.meta.dir, '..')
const at = (path: string) => join(root, path)
const workers = [...new Bun.Glob('src/**/*.worker.ts').scanSync(root)].map(at)
const folder = mkdtempSync(join(tmpdir(), 'snug-build-'))
try {
  await Bun.build({
    entrypoints: [at('src/main.ts'), ...workers],
    root: at('src'),
    target: 'bun',
    format: 'esm',
    minify: true,
    bytecode: true,
    env: 'disable',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [await embedded(folder, at('src/admin/files.ts'))],
    compile: {
      outfile: values.outfile,
      autoloadBunfig: false,
      autoloadDotenv: false,
      ...(values.target === undefined ? {} : { target: values.target as Bun.Build.CompileTarget }),
    },
  })
} finally {
  rmSync(folder, { recursive: true })
}
