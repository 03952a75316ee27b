import { expect, test } from 'bun:test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '../../src/config'

const deploy = join(import.meta.dir, '../../deploy')
const files = readdirSync(deploy)
const read = (file: string) => readFileSync(join(deploy, file), 'utf8')

type Service = {
  image: string
  read_only?: boolean
  volumes?: string[]
  environment?: Record<string, string>
}
type Compose = { services: Record<string, Service>; volumes: Record<string, null> }

for (const file of files.filter((name) => name.startsWith('compose'))) {
  test(`${file} runs snug read-only on a volume, with options that exist`, () => {
    const { services, volumes } = Bun.YAML.parse(read(file)) as Compose
    const { snug } = services
    expect(snug).toMatchObject({ image: 'snug', read_only: true, volumes: ['data:/data'] })
    expect(Object.keys(volumes)).toContain('data')
    const env = Object.fromEntries(
      Object.entries(snug?.environment ?? {}).map(([name, value]) => [
        name,
        value.replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1'),
      ]),
    )
    expect(readConfig(env, () => '')).toMatchObject({ problems: [], warnings: [] })
  })
}

test('every option that a file names exists', () => {
  for (const file of files) {
    const named = [...read(file).matchAll(/\b(SNUG_[A-Z0-9_]+)=/g)].map(([, name = '']) => name)
    const env = Object.fromEntries(named.map((name) => [name, '']))
    expect({ file, warnings: readConfig(env, () => '').warnings }).toEqual({ file, warnings: [] })
  }
})

test('the image builds from files that exist, and from nothing else of this folder', () => {
  const text = readFileSync(join(deploy, '../Dockerfile'), 'utf8')
  const copied = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, from = '']) =>
    from.split(' '),
  )
  expect(copied.length).toBeGreaterThan(5)
  const present = readdirSync(join(deploy, '..'))
  for (const name of copied) expect(present).toContain(name)
})

test('the image’s data folder belongs to its user alone, and it says how its bases are pinned', () => {
  const text = readFileSync(join(deploy, '../Dockerfile'), 'utf8')
  expect(text).toContain('mkdir -m 700 /data')
  expect(text).toContain('COPY --from=build --chown=65532:65532 /data /data')
  expect(text).toMatch(/^USER 65532:65532$/m)
  expect(text).toMatch(/^#.*@sha256/m)
})
