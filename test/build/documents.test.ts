import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { billOfMaterials, notices } from '../../build/documents'
import { shippedPackages } from '../../build/packages'
import manifest from '../../package.json'

const packages = shippedPackages(join(import.meta.dir, '../..'))

test('everything that is shipped is listed once, dependencies of dependencies too', () => {
  const names = packages.map(({ name }) => name)
  for (const name of Object.keys(manifest.dependencies)) expect(names).toContain(name)
  expect(names).toContain('@sinclair/typebox')
  expect(names).not.toContain('@biomejs/biome')
  const keys = packages.map(({ name, version }) => `${name}@${version}`)
  expect(new Set(keys).size).toBe(keys.length)
})

test('the notices hold the licence texts, and the credit for the country data', () => {
  const text = notices(packages)
  for (const part of ['DB-IP Lite', 'CC BY 4.0', 'Bun runtime', 'Permission is hereby granted'])
    expect(text).toContain(part)
  for (const { name, version } of packages) expect(text).toContain(`${name} ${version}`)
})

test('the bill of materials names each package by its purl, scopes encoded', () => {
  const bill = billOfMaterials(manifest, '1.4.5', packages)
  expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 })
  expect(bill.components).toHaveLength(packages.length + 1)
  const refs = bill.components.map((component) => component['bom-ref'])
  expect(new Set(refs).size).toBe(refs.length)
  expect(refs).toContain(`pkg:npm/elysia@${manifest.dependencies.elysia}`)
  expect(refs.some((ref) => ref.startsWith('pkg:npm/%40elysiajs/'))).toBe(true)
})
