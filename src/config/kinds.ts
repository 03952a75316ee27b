/** The kinds of options: how their text is read. Readers throw an Error that completes «NAME …». */
import { plainOrigin } from '../core'
import { trustOf } from '../net'

/** One option: where it is read from, what it means, how its text becomes a value. */
export type Option<T, D extends string | null = string | null> = {
  /** environment variables, the first one found counts */
  names: readonly [string, ...string[]]
  means: string
  /** the value when nothing is set, as a person would write it */
  default: D
  secret: boolean
  /** reads a written value; throws an Error whose message completes «NAME …» */
  read: (text: string) => T
}

/** Declares an option; `names` are separated by spaces. */
export const option = <T, const D extends string | null>(
  names: string,
  fallback: D,
  means: string,
  read: (text: string) => T,
): Option<T, D> => ({
  names: names.split(' ') as [string, ...string[]],
  means,
  default: fallback,
  secret: false,
  read,
})

/** Declares an option that is never shown. */
export const secret = (names: string, means: string): Option<string, null> => ({
  ...option(names, null, means, text),
  secret: true,
})

/** Any text. */
export const text = (value: string) => value

/** A whole number between two bounds, both included. */
export const integer = (min: number, max: number) => (value: string) => {
  const number = Number(value)
  if (!/^\d+$/.test(value) || number < min || number > max)
    throw new Error(`must be a whole number from ${min} to ${max}`)
  return number
}

/** One of a few words. */
export const oneOf =
  <const T extends string>(...words: T[]) =>
  (value: string): T => {
    const word = words.find((word) => word === value)
    if (word === undefined) throw new Error(`must be one of ${words.join(', ')}`)
    return word
  }

/** `on` or `off`. */
export const onOff = (value: string) => oneOf('on', 'off')(value) === 'on'

/** Comma separated words. */
export const list = (value: string) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')

/** CIDRs and named ranges of proxies. */
export const proxies = (value: string) => {
  const items = list(value)
  try {
    trustOf(items)
  } catch {
    throw new Error('must be CIDRs, `loopback` or `private`, comma separated')
  }
  return items
}

/** An http or https address without query; answers it without a slash at the end, its host in its one spelling. */
export const origin = (value: string) => {
  const url = URL.parse(value)
  const plain = url !== null && url.username === '' ? plainOrigin(value) : null
  if (url === null || plain === null || url.search !== '' || url.hash !== '')
    throw new Error('must be an http or https address like https://go.example.com')
  return (plain + url.pathname).replace(/\/+$/, '')
}

/** When something is done again and again, in cron's five fields. */
export const schedule = (value: string) => {
  try {
    if (Bun.cron.parse(value) !== null) return value
  } catch {}
  throw new Error('must be five cron fields like 0 3 * * *, or a word like @daily')
}

/** A bucket and a prefix in it, like `s3://backups/snug`. */
export const bucket = (value: string) => {
  const [, name, path = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]+)(?:\/(.*?))?\/*$/.exec(value) ?? []
  if (name === undefined) throw new Error('must be like s3://bucket/prefix')
  return { bucket: name, prefix: path === '' ? '' : `${path}/`, toString: () => value }
}

/** A status that redirects. */
export const redirectStatus = (value: string) => Number(oneOf('301', '302', '307', '308')(value))
