import { day } from '../../time'

/** The UTC day of a moment, in days since 1970. */
export const dayOf = (ms: number) => Math.floor(ms / day)

/** A followed redirect, everything about the person already reduced to what may be kept. */
export type NewClick = {
  linkId: number
  /** ms since 1970 */
  at: number
  redirectUs: number
  country: string
  browser: string
  os: string
  device: string
  referrer: { origin: string; domain: string }
  language: string
  /** the bot's name; null: a person */
  bot: string | null
  /** 8 bytes; null: a bot, or somebody who asked not to be tracked */
  visitor: Uint8Array | null
}
