import type { AccountLine, Campaign, Domain, GuestSession, Key, Link, NewClick } from '../../store'
import type { Caller } from '../caller'
import { readHost } from '../domains/domains'
import { Fault } from '../fault'
import { readNetworks } from '../networks'
import type { codes } from './code'
import { readSettings, refuse } from './draft'
import { readRow, shapes } from './import-shapes'
import type { NewLinks } from './new-link'

type Needs = { newLinks: NewLinks; codes: ReturnType<typeof codes> }

/** Most keys, or guest sessions, that a line of an account may hold. */
const mostHeld = 10_000

/**
 * What a line of an export must be before it is stored: the rules of a new link, and of everything
 * beside links the types and bounds. Each answers the row, or throws the fault that says what is wrong.
 */
export const imported = ({ newLinks, codes }: Needs) => ({
  /** A link whose destination, code and settings a new one could have; it may have ended since. */
  async link(caller: Caller, value: unknown): Promise<Link> {
    const row = readRow<Link>(shapes.link, value)
    const settings = readSettings(row, Number.NEGATIVE_INFINITY)
    const flaw = codes.flawOf(row.code)
    if (flaw !== null) throw new Fault(flaw === 'reserved' ? 'code_reserved' : 'code_invalid')
    return {
      ...row,
      ...settings,
      destination: await newLinks.judgeDestination(caller, row.destination),
    }
  },

  account: (value: unknown): AccountLine => {
    const { account, keys, guestSessions } = (value ?? {}) as Record<string, unknown>
    const row = readRow<AccountLine['account']>(shapes.account, account)
    if (row.role === 'admin' && row.kind !== 'user') refuse('role', 'is for users only')
    return {
      account: row,
      keys: listOf('keys', keys).map(readKey),
      guestSessions: listOf('guestSessions', guestSessions).map((one) =>
        readRow<GuestSession>(shapes.guestSession, one),
      ),
    }
  },

  campaign: (value: unknown): Campaign => {
    const row = readRow<Campaign>(shapes.campaign, value)
    return row.name.trim() === '' ? refuse('name', 'must not be empty') : row
  },

  domain: (caller: Caller, value: unknown): Domain => {
    const row = readRow<Domain>(shapes.domain, value)
    return { ...row, host: readHost(row.host, caller) }
  },

  click: readClick,
})

const listOf = (field: string, value: unknown = []): unknown[] =>
  Array.isArray(value) && value.length <= mostHeld ? value : refuse(field, 'must be a list')

const readKey = (value: unknown): Omit<Key, 'sealed'> => {
  const key = readRow<Key>(shapes.key, value)
  return { ...key, allowedIps: readNetworks(key.allowedIps) }
}

const isText = (value: unknown) =>
  typeof value === 'string' && value.length > 0 && value.length <= 2048
const isWhole = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0

/** By hand, because there may be millions. */
const readClick = (value: unknown): NewClick => {
  const click = (value ?? {}) as NewClick
  const { linkId, at, redirectUs, country, browser, os, device, language, bot, visitor } = click
  if (!isWhole(linkId)) refuse('linkId', 'must be a whole number')
  if (!isWhole(at) || at > latest) refuse('at', 'must be milliseconds since 1970')
  if (!isWhole(redirectUs)) refuse('redirectUs', 'must be a whole number')
  if (!(isText(country) && country.length === 2)) refuse('country', 'must be two letters')
  if (![browser, os, device, language].every(isText))
    refuse('browser, os, device, language', 'must be texts')
  if (bot !== null && !isText(bot)) refuse('bot', 'must be a text, or null')
  if (visitor !== null && !(visitor instanceof Uint8Array && visitor.length === 8))
    refuse('visitor', 'must be 8 bytes, or null')
  const { origin, domain } = click.referrer ?? {}
  if (!isText(origin) || !isText(domain)) refuse('referrer', 'must have an origin and a domain')
  const referrer = { origin, domain }
  return { linkId, at, redirectUs, country, browser, os, device, language, bot, visitor, referrer }
}

/** The last millisecond that a date can be. */
const latest = 8.64e15
