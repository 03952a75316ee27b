import type { Store } from '../store'

type Line = ReturnType<Store['transfer']['lines']> extends Iterable<infer L> ? L : never

/** Writes a line of an export as JSON. */
export const writeLine = (line: Line): string =>
  JSON.stringify(line, (_, value) => (value instanceof Uint8Array ? hex(value) : value))

/** Reads a line of an export; null for one that this version does not know. */
export const readLine = (text: string): Line | null => {
  const line = JSON.parse(text, revive)
  return typeof line === 'object' && line !== null && known.has(line.type) ? line : null
}

const known = new Set<unknown>(['account', 'campaign', 'domain', 'link', 'click'])

const hex = (bytes: Uint8Array) => `0x${Buffer.from(bytes).toString('hex')}`

/** Instants are ISO text in the file, visitors hexadecimal. */
const revive = (name: string, value: unknown): unknown => {
  if (name === 'visitor' && typeof value === 'string') return Buffer.from(value.slice(2), 'hex')
  return typeof value === 'string' && name.endsWith('At') ? new Date(value) : value
}
