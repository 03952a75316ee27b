import { t } from 'elysia'
import { instant, orNull, pageQuery, whole } from './schema'

const kind = t.Union([t.Literal('user'), t.Literal('customer'), t.Literal('guest')])
const role = t.Union([t.Literal('admin'), t.Literal('member')])

/** Somebody, or something, that owns links. */
export const account = t.Object({
  id: t.Integer(),
  kind,
  role,
  email: orNull(t.String()),
  emailProved: t.Boolean({ description: 'Whether anybody has proved or vouched for the address' }),
  displayName: t.String(),
  plan: t.String({ description: 'Name of the plan; once it has expired, `free` is in force' }),
  planExpiresAt: orNull(instant),
  suspended: t.Boolean(),
  linksStay: t.Boolean({ description: 'Whether its links stay open while it is suspended' }),
  twoFactorEnabled: t.Boolean(),
  createdAt: instant,
})

/** A plan: what its accounts may do, and how often. */
export const plan = t.Object({
  name: t.String({ pattern: '^[a-z0-9-]{1,32}$' }),
  requestsPerHour: orNull(
    whole({ minimum: 1, maximum: 1_000_000_000, description: 'null: no limit' }),
  ),
  mintKeys: t.Boolean(),
  customCodes: t.Boolean(),
  allExports: t.Boolean(),
  fullStats: t.Boolean(),
  apiAccess: t.Boolean(),
})

/** Which accounts are meant. */
export const accountsQuery = t.Object({
  ...pageQuery.properties,
  q: t.Optional(t.String({ maxLength: 100, description: 'Part of the email address or the name' })),
  kind: t.Optional(kind),
})

const fields = {
  password: t.Optional(
    orNull(t.String({ minLength: 8, maxLength: 256, description: 'A new one ends all sessions' })),
  ),
  displayName: t.Optional(t.String({ maxLength: 100 })),
  role: t.Optional(role),
  plan: t.Optional(t.String()),
  planExpiresAt: t.Optional(orNull(instant)),
}
const email = t.String({ maxLength: 254 })

/** Body of `POST /api/snug/v1/accounts`. */
export const accountBody = t.Object({ email, ...fields })

/** Body of `PATCH /api/snug/v1/accounts/{id}`. */
export const accountPatch = t.Object({
  email: t.Optional(email),
  ...fields,
  unproved: t.Optional(
    t.Boolean({
      description: 'true: give the role, plan or password although nobody has proved the address',
    }),
  ),
  suspended: t.Optional(
    t.Boolean({
      description: 'No key and no sign-in of it counts, its webhooks stop and its links answer 410',
    }),
  ),
  linksStay: t.Optional(
    t.Boolean({
      description: 'Keeps its links open while it is suspended; false again when it may go on',
    }),
  ),
})

/** Body of `POST /api/snug/v1/accounts/lookup`. */
export const lookupBody = t.Object({ customerKey: t.String({ minLength: 1, maxLength: 128 }) })
