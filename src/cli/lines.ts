import { Fault } from '../core'
import type { Store } from '../store'
import { dateOf } from './date'

type Line = ReturnType<Store['transfer']['lines']> extends Iterable<infer L> ? L : never

/** Writes a line of an export as JSON. */
export const writeLine = (line: Line): string =>
  JSON.stringify(line, (_, value) => (value instanceof Uint8Array ? hex(value) : value))

/** A line of an export whose kind is known, and nothing else of it yet. */
export type ReadLine = { [L in Line as L['type']]: { type: L['type'] } & Unjudged<L> }[Line['type']]

type Unjudged<L> = { [Name in Exclude<keyof L, 'type'>]: unknown }

/** Reads a line of an export; null for one that this version does not know. Fault: `input_invalid`. */
export const readLine = (text: string): ReadLine | null => {
  const line = parse(text)
  return typeof line === 'object' && line !== null && known.has(line.type) ? line : null
}

const parse = (text: string) => {
  try {
    return JSON.parse(text, revive)
  } catch {
    throw new Fault('input_invalid', { field: 'line', reason: 'is no JSON' })
  }
}

const known = new Set<unknown>(['account', 'campaign', 'domain', 'link', 'click'])

const hex = (bytes: Uint8Array) => `0x${Buffer.from(bytes).toString('hex')}`

/** Instants are ISO text in the file, visitors hexadecimal. */
const revive = (name: string, value: unknown): unknown => {
  if (name === 'visitor' && typeof value === 'string') return Buffer.from(value.slice(2), 'hex')
  return typeof value === 'string' && name.endsWith('At') ? dateOf(value) : value
}
