import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { countryFile, openCountries } from '../clicks'
import { orTell } from './at-data'
import { clock } from './chance'
import type { CliCommand } from './command'
import { openDataFolder } from './data-folder'
import { readOptions } from './options'
import { megabytes, startProgress } from './progress'

const publisher = 'https://download.db-ip.com/free'

/** Largest file that is taken, in bytes. */
const largest = 256 * 2 ** 20

/** `snug geo update`: newer country data than the program was built with. */
export const geoUpdate: CliCommand = {
  usage: 'geo update',
  summary:
    'download this month’s country data into the data folder; a server uses it from its next start',
  options: [{ flags: '--from <url>', means: `where the monthly files are (default ${publisher})` }],
  run: ({ text }) => {
    const config = readOptions()
    if (config === null) return 2
    return orTell(async () => {
      openDataFolder(config)
      const target = join(config.dataDir, countryFile)
      const data = await newest(text('from') ?? publisher)
      install(data, target)
      console.log(`${target}: ${openCountries(target, () => {}).description}`)
      return 0
    })
  },
}

/** The file of this month, or of the one before when that is not out yet. */
const newest = async (base: string): Promise<Uint8Array> => {
  const now = new Date(clock.now())
  let problem = ''
  for (const back of [0, 1]) {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back)).toISOString()
    const url = `${base}/dbip-country-lite-${month.slice(0, 7)}.mmdb.gz`
    const answer = await fetch(url, { signal: AbortSignal.timeout(300_000) }).catch(() => null)
    if (answer?.ok) return Bun.gunzipSync(await read(answer))
    problem = answer === null ? `nothing answers at ${url}` : `${url} answered ${answer.status}`
  }
  throw new Error(`no country data was found: ${problem}`)
}

const read = async (answer: Response): Promise<Uint8Array<ArrayBuffer>> => {
  const total = Number(answer.headers.get('content-length')) || null
  const progress = startProgress('bytes of country data', total)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer.body ?? []) {
    size += chunk.byteLength
    if (size > largest) throw new Error('the country data is far larger than it can be')
    chunks.push(chunk)
    progress.at(size)
  }
  progress.end(`${megabytes(size)} downloaded`)
  return Uint8Array.from(Buffer.concat(chunks))
}

/** Only data that can be read takes the place of what was there. */
const install = (data: Uint8Array, target: string) => {
  const half = `${target}.half`
  writeFileSync(half, data, { mode: 0o600 })
  let wrong: string | null = null
  openCountries(half, (message) => {
    wrong = message
  })
  if (wrong !== null) {
    rmSync(half)
    throw new Error('what was downloaded is no country data')
  }
  renameSync(half, target)
}
