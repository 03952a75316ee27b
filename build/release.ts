/**
 * `bun run release`: every executable with checksums, licence notices and a bill of materials, below
 * `dist/release`. Arguments: names of targets; none: all of them.
 */
import { chmodSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import manifest from '../package.json'
import { billOfMaterials, notices } from './documents'
import { shippedPackages } from './packages'
import { buildProgram } from './program'

/** What Bun calls each platform. */
const targets: Record<string, string> = {
  'linux-x64': 'bun-linux-x64',
  'linux-x64-musl': 'bun-linux-x64-musl',
  'linux-arm64': 'bun-linux-arm64',
  'linux-arm64-musl': 'bun-linux-arm64-musl',
  'macos-x64': 'bun-darwin-x64',
  'macos-arm64': 'bun-darwin-arm64',
  'windows-x64': 'bun-windows-x64',
}

const root = join(import.meta.dir, '..')
const folder = join(root, 'dist/release')
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !Object.hasOwn(targets, name))
if (unknown.length > 0)
  throw new Error(`${unknown.join(', ')}: there are ${Object.keys(targets).join(', ')}`)

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const sums: string[] = []

const add = async (name: string) => {
  const hash = new Bun.CryptoHasher('sha256')
  for await (const chunk of Bun.file(join(folder, name)).stream()) hash.update(chunk)
  sums.push(`${hash.digest('hex')}  ${name}`)
}

for (const [name, target] of Object.entries(targets)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const file = `snug-${manifest.version}-${name}${name.startsWith('windows') ? '.exe' : ''}`
  const half = join(folder, 'half.exe') // Bun adds the ending for Windows when it is not there
  await buildProgram(half, target)
  renameSync(half, join(folder, file))
  chmodSync(join(folder, file), 0o755)
  await add(file)
  console.log(file)
}

const packages = shippedPackages(root)
const documents = {
  'THIRD-PARTY-NOTICES.txt': notices(packages),
  [`snug-${manifest.version}.cdx.json`]: JSON.stringify(
    billOfMaterials(manifest, manifest.devDependencies.bun, packages),
    null,
    2,
  ),
}
for (const [name, text] of Object.entries(documents)) {
  await Bun.write(join(folder, name), `${text}\n`)
  await add(name)
}
await Bun.write(join(folder, 'SHA256SUMS'), `${sums.join('\n')}\n`)
