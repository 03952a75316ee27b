import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Licensed, licenceOf } from './licence'

/** One package that is part of the executable. */
export type Package = { name: string; version: string; licence: string; text: string }

type Manifest = Licensed & {
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  peerDependenciesMeta?: Record<string, { optional?: boolean }>
}

const read = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

/** Everything below `dependencies`, as it is installed, sorted by name and version. */
export const shippedPackages = (root: string): Package[] => {
  const found = new Map<string, Package>()
  const visit = (folder: string) => {
    const manifest = read(folder)
    const key = `${manifest.name}@${manifest.version}`
    if (found.has(key)) return
    if (folder !== root) found.set(key, describe(folder, manifest))
    for (const name of needs(manifest)) {
      const installed = resolve(folder, name)
      if (installed !== null) visit(installed)
    }
  }
  visit(root)
  return [...found.values()].sort((a, b) =>
    `${a.name}@${a.version}`.localeCompare(`${b.name}@${b.version}`),
  )
}

/** What a package can't run without, and what it may use when it is there; types are no part of a program. */
const needs = ({ dependencies, optionalDependencies, ...peers }: Manifest): string[] => {
  const required = Object.keys(peers.peerDependencies ?? {}).filter(
    (name) => peers.peerDependenciesMeta?.[name]?.optional !== true,
  )
  const names = Object.keys({ ...dependencies, ...optionalDependencies })
  return [...names, ...required].filter((name) => !/^(@types\/|typescript$)/.test(name))
}

/** Where a package finds another: in its own `node_modules`, or in one of the folders above it. */
const resolve = (from: string, name: string): string | null => {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name)
    if (existsSync(join(candidate, 'package.json'))) return candidate
    if (folder === dirname(folder)) return null
  }
}

const describe = (folder: string, manifest: Manifest): Package => {
  const { name, version } = manifest
  const licence = licenceOf(manifest)
  if (licence === '') throw new Error(`${name}@${version} names no licence: it can't be shipped`)
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)(\.|$)/i.test(entry))
  return {
    name,
    version,
    licence,
    text: file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim(),
  }
}
