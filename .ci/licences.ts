/** Refuses packages whose licence would bind whoever passes the program on: AGPL, GPL, SSPL and the like. */
import { readFileSync } from 'node:fs'

type Manifest = {
  name: string
  version: string
  license?: string | { type: string }
  licenses?: { type: string }[]
}

const binding = /\b(A?GPL|SSPL|BUSL|Commons-Clause)/i

/** The licences to choose from: an alternative that is free of conditions is enough. */
const isFree = (licence: string) => licence.split(/ OR /i).some((choice) => !binding.test(choice))

const refused: string[] = []
for await (const path of new Bun.Glob('node_modules/**/package.json').scan({ dot: false })) {
  if (!/node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(path)) continue
  const { name, version, license, licenses }: Manifest = JSON.parse(readFileSync(path, 'utf8'))
  const single = typeof license === 'object' ? license.type : license
  const licence = single ?? licenses?.map(({ type }) => type).join(' OR ') ?? ''
  if (licence !== '' && !isFree(licence)) refused.push(`${name}@${version}: ${licence}`)
}
for (const line of refused) console.error(`licence: ${line}`)
process.exitCode = refused.length > 0 ? 1 : 0
