/** `bun run build`: the one executable. Arguments: `--outfile PATH`, `--target bun-linux-arm64` and its like. */
import { parseArgs } from 'node:util'
import { buildProgram } from './program'

const { values } = parseArgs({
  options: { outfile: { type: 'string', default: 'dist/snug' }, target: { type: 'string' } },
})
await buildProgram(values.outfile, values.target)
