import { t } from 'elysia'
import { instant, orNull } from './schema'

/** Somebody, or something, that owns links. */
export const account = t.Object({
  id: t.Integer(),
  kind: t.Union([t.Literal('user'), t.Literal('customer'), t.Literal('guest')]),
  role: t.Union([t.Literal('admin'), t.Literal('member')]),
  email: orNull(t.String()),
  displayName: t.String(),
  plan: t.String({ description: 'Name of the plan; once it has expired, `free` is in force' }),
  planExpiresAt: orNull(instant),
  suspended: t.Boolean(),
  twoFactorEnabled: t.Boolean(),
  createdAt: instant,
})

/** A plan: what its accounts may do, and how often. */
export const plan = t.Object({
  name: t.String({ pattern: '^[a-z0-9-]{1,32}$' }),
  requestsPerHour: orNull(
    t.Integer({ minimum: 1, maximum: 1_000_000_000, description: 'null: no limit' }),
  ),
  mintKeys: t.Boolean(),
  customCodes: t.Boolean(),
  allExports: t.Boolean(),
  fullStats: t.Boolean(),
  apiAccess: t.Boolean(),
})
