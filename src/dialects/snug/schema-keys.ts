import { t } from 'elysia'
import { instant, orNull } from './schema'

/** A key, never whole. */
export const key = t.Object({
  id: t.Integer(),
  kind: t.Union([t.Literal('api'), t.Literal('personal'), t.Literal('customer')]),
  name: t.String(),
  mask: t.String({ description: 'First and last characters' }),
  active: t.Boolean(),
  expiresAt: orNull(instant),
  allowedIps: t.Array(t.String()),
  requestsCount: t.Integer(),
  lastUsedAt: orNull(instant),
  createdAt: instant,
})

const secret = t.String({ description: 'The whole key' })

/** A new key: the only answer that holds it whole. */
export const newKey = t.Object({ ...key.properties, key: secret })

/** The account's personal key, which can be shown again; null: there is none yet. */
export const personalKey = t.Object({
  key: orNull(
    t.Object({
      ...key.properties,
      key: orNull(
        t.String({ description: 'The whole key; null when another instance secret sealed it' }),
      ),
    }),
  ),
})

const settings = {
  name: t.Optional(t.String({ maxLength: 100 })),
  expiresAt: t.Optional(orNull(instant)),
  allowedIps: t.Optional(
    t.Array(t.String({ maxLength: 50 }), {
      maxItems: 100,
      description: 'Addresses and CIDRs it may be used from; none: from everywhere',
    }),
  ),
}

/** Body of `POST /api/snug/v1/keys`. */
export const keyBody = t.Object(settings)

/** Body of `PATCH /api/snug/v1/keys/{id}`. */
export const keyPatch = t.Object({ ...settings, active: t.Optional(t.Boolean()) })
