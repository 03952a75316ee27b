import type { NewClick } from '../store'
import { createAgents, unknown } from './agent'
import { type Countries, nowhere, twoLetters } from './country'
import { createLanguages } from './language'
import { direct, readReferrer } from './referrer'
import { createVisitors, type SaltOf } from './visitor'

/** What a redirect notes of its visit: raw fields, read but not looked at. */
export type RawClick = {
  linkId: number
  /** ms since 1970 */
  at: number
  redirectUs: number
  /** the TCP peer's address */
  peer: string
  host: string
  userAgent: string | null
  referrer: string | null
  language: string | null
  forwardedFor: string | null
  /** a content network's country header */
  cdnCountry: string | null
  prefetch: boolean
  /** the visitor asked not to be tracked, and that is honoured */
  untracked: boolean
}

/** Who forwarded a request, and whether that is believed. */
export type Proxies = {
  address: (peer: string, forwardedFor: string | null) => string
  trusts: (peer: string) => boolean
}

/** Turns raw clicks into rows; the address is used here and forgotten. */
export const createEnrich = (proxies: Proxies, countries: Countries, saltOf: SaltOf) => {
  const agentOf = createAgents()
  const languageOf = createLanguages()
  const visitorsAt = createVisitors(saltOf)

  const countryOf = ({ peer, cdnCountry }: RawClick, address: string) => {
    const told = cdnCountry !== null && proxies.trusts(peer) ? twoLetters(cdnCountry) : nowhere
    return told === nowhere ? countries.of(address) : told
  }

  return async (raw: RawClick): Promise<NewClick> => {
    const { browser, os, device, bot: named } = agentOf(raw.userAgent)
    const bot = named ?? (raw.prefetch ? 'Prefetch' : null)
    const { linkId, at, redirectUs } = raw
    const base = { linkId, at, redirectUs, bot, device: bot === null ? device : 'bot' }
    if (raw.untracked) return { ...base, ...nothingKept, device: bot === null ? 'unknown' : 'bot' }
    const address = proxies.address(raw.peer, raw.forwardedFor)
    const identity = { host: raw.host, address, userAgent: raw.userAgent }
    return {
      ...base,
      browser,
      os,
      country: countryOf(raw, address),
      referrer: readReferrer(raw.referrer),
      language: languageOf(raw.language),
      visitor: bot === null ? (await visitorsAt(at))(identity) : null,
    }
  }
}

const nothingKept = {
  browser: unknown,
  os: unknown,
  country: nowhere,
  referrer: direct,
  language: unknown,
  visitor: null,
} as const
