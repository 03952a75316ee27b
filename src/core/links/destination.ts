import { bounds } from '../../bounds'
import { plainHost } from '../domains/host'
import { Fault } from '../fault'

/** A destination as it was sent, as a `Location` header carries it, and its host in its one spelling. */
export type Destination = { text: string; href: string; host: string }

/** Control, white space, bidirectional and backslash characters, and halves of surrogate pairs. */
const forbidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  /[\u0000-\u0020\u007f-\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\\]|\p{Surrogate}/u

/**
 * Reads a destination: 1–2048 characters, outer spaces trimmed, http or https, with a host, without
 * user name or password. Faults: `url_missing`, `url_invalid`. Length is judged first, so that no
 * other check ever sees long input.
 */
export const parseDestination = (value: unknown): Destination => {
  if (value === undefined || value === null || value === '') throw new Fault('url_missing')
  if (typeof value !== 'string' || value.length > bounds.destination) throw new Fault('url_invalid')
  const text = value.replace(/^ +/, '').replace(/ +$/, '')
  if (text === '') throw new Fault('url_missing')
  const authority = /^https?:\/\/([^/?#]+)/i.exec(text)?.[1]
  if (authority === undefined || authority.includes('@') || forbidden.test(text))
    throw new Fault('url_invalid')
  const url = URL.parse(text)
  const host = url === null ? null : plainHost(url.host)
  if (url === null || host === null) throw new Fault('url_invalid')
  return { text, href: url.href, host }
}
