import type { Package } from './packages'

const parts = [
  { name: 'Bun runtime', licence: 'MIT and the licences it lists', url: 'https://bun.sh' },
  { name: 'DB-IP Lite country data', licence: 'CC BY 4.0', url: 'https://db-ip.com' },
]

/** Notices of everything in the executable that others wrote. */
export const notices = (packages: readonly Package[]): string =>
  [
    'snug contains the following software and data of others.',
    ...parts.map(({ name, licence, url }) => `${name}\n${licence}\n${url}`),
    ...packages.map(
      ({ name, version, licence, text }) =>
        `${name} ${version}\n${licence}\nhttps://www.npmjs.com/package/${name}${text && `\n\n${text}`}`,
    ),
  ].join(`\n\n${'-'.repeat(79)}\n\n`)

type Product = { name: string; version: string; license: string }

/** A software bill of materials in CycloneDX 1.6. */
export const billOfMaterials = (
  { name, version, license }: Product,
  runtime: string,
  packages: readonly Package[],
) => ({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: { component: component('application', name, version, license) },
  components: [
    component('platform', 'bun', runtime, 'MIT'),
    ...packages.map((one) => component('library', one.name, one.version, one.licence)),
  ],
})

const component = (type: string, name: string, version: string, licence: string) => {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`
  const [group, plain] = name.startsWith('@') ? name.split('/') : [undefined, name]
  const licences = /^[\w.+-]+$/.test(licence)
    ? { license: { id: licence } }
    : { license: { name: licence } }
  return {
    type,
    'bom-ref': purl,
    ...(group === undefined ? {} : { group }),
    name: plain,
    version,
    licenses: [licences],
    purl,
  }
}
