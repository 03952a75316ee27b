/** Refuses packages that name no licence, or one that binds whoever passes the program on. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { objectionTo } from '../build/licence'

const folder = process.argv[2] ?? '.'
let refused = 0
for await (const path of new Bun.Glob('node_modules/**/package.json').scan({ cwd: folder })) {
  if (!/node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(path)) continue
  const objection = objectionTo(JSON.parse(readFileSync(join(folder, path), 'utf8')))
  if (objection === null) continue
  console.error(`licence: ${objection}`)
  refused++
}
process.exitCode = refused > 0 ? 1 : 0
