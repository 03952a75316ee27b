import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { countryFile, openCountries } from '../clicks'
import { readBytes, withAnswer } from '../net'
import { writeWhole } from '../store'
import type { CliCommand } from './command'
import { openDataFolder } from './data-folder'
import { readOptions } from './options'
import { megabytes, startProgress } from './progress'
import { clock } from './system-clock'
import { reportFailure } from './with-data-folder'

const publisher = 'https://download.db-ip.com/free'

/** Largest file that is taken, in bytes, packed and unpacked. */
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
    return reportFailure(async () => {
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
async function newest(base: string): Promise<Uint8Array> {
  const now = new Date(clock.now())
  let problem = ''
  for (const back of [0, 1]) {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back)).toISOString()
    const url = `${base}/dbip-country-lite-${month.slice(0, 7)}.mmdb.gz`
    const outcome = await download(url)
    if (typeof outcome === 'object') return gunzipSync(outcome, { maxOutputLength: largest })
    problem = outcome
  }
  throw new Error(`no country data was found: ${problem}`)
}

/** The packed file, or why there is none at that address; throws when it breaks off or is too large. */
async function download(url: string): Promise<Uint8Array | string> {
  let answers = false
  async function read(answer: Response) {
    answers = true
    return answer.ok ? readWithProgress(answer) : `${url} answered ${answer.status}`
  }
  try {
    return await withAnswer(url, { timeoutMs: 300_000 }, read)
  } catch (error) {
    if (answers) throw error
    return `nothing answers at ${url}`
  }
}

async function readWithProgress(answer: Response): Promise<Uint8Array> {
  const total = Number(answer.headers.get('content-length')) || null
  const progress = startProgress('bytes of country data', total)
  const data = await readBytes(answer, largest, progress.at)
  progress.end(`${megabytes(data.byteLength)} downloaded`)
  return data
}

/** Only data that can be read takes the place of what was there. */
const install = (data: Uint8Array, target: string) => {
  writeWhole(target, (half) => {
    writeFileSync(half, data)
    let wrong: string | null = null
    openCountries(half, (message) => {
      wrong = message
    })
    if (wrong !== null) throw new Error('what was downloaded is no country data')
  })
}
