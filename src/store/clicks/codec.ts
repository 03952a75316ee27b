import type { NewClick } from './click'

/** A click as a list, in the order of `pack`. */
type Packed = [
  ...[linkId: number, at: number, redirectUs: number, country: string, browser: string],
  ...[os: string, device: string, origin: string, domain: string, language: string],
  ...[bot: string | null, visitor: string | null],
]

/**
 * A batch of clicks as one text, for another thread: cloning the objects, as messages otherwise do,
 * holds the sending thread up five times as long.
 */
export const pack = (batch: readonly NewClick[]): string => JSON.stringify(batch.map(toList))

/** The batch of such a text. */
export const unpack = (parcel: string): NewClick[] => (JSON.parse(parcel) as Packed[]).map(fromList)

const toList = (click: NewClick): Packed => {
  const { linkId, at, redirectUs, country, browser, os, device, language, bot, visitor } = click
  const { origin, domain } = click.referrer
  const hash = visitor === null ? null : Buffer.from(visitor).toString('hex')
  return [linkId, at, redirectUs, country, browser, os, device, origin, domain, language, bot, hash]
}

const fromList = ([linkId, at, redirectUs, country, ...rest]: Packed): NewClick => {
  const [browser, os, device, origin, domain, language, bot, hash] = rest
  return {
    linkId,
    at,
    redirectUs,
    country,
    browser,
    os,
    device,
    language,
    bot,
    referrer: { origin, domain },
    visitor: hash === null ? null : Buffer.from(hash, 'hex'),
  }
}
