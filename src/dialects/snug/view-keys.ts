import type { Wire } from '../../api'
import type { Key } from '../../core'
import type * as schema from './schema-keys'
import { instant, instantOrNull, readInstant } from './view'

/** A key, never whole. */
export const key = (row: Key): Wire<typeof schema.key> => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  mask: row.mask,
  active: row.active,
  allowedIps: row.allowedIps,
  requestsCount: row.requestsCount,
  expiresAt: instantOrNull(row.expiresAt),
  lastUsedAt: instantOrNull(row.lastUsedAt),
  createdAt: instant(row.createdAt),
})

/** A key together with its secret. */
export const whole = <S extends string | null>(row: Key, secret: S) => ({
  ...key(row),
  key: secret,
})

/** What a body asks of a key. */
export const draft = <B extends Wire<typeof schema.keyPatch>>({ expiresAt, ...rest }: B) => {
  const at = readInstant(expiresAt)
  return at === undefined ? rest : { ...rest, expiresAt: at }
}
