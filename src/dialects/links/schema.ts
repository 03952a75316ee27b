import { type TSchema, t } from 'elysia'
import { destination, refusedAs, validateEach } from '../../api'

/** Most links of one bulk request. */
const mostAtOnce = 100

/** A field that may be left out, or null. */
const maybe = <S extends TSchema>(schema: S, mark = {}) => t.Optional(t.Nullable(schema, mark))

const instant = t.String({ description: 'ISO date and time', examples: ['2026-12-01T09:00:00Z'] })
const recordId = t.String({ pattern: '^[0-9a-fA-F]{24}$' })

const ofGuest = {
  originalUrl: t.String({ description: 'HTTP or HTTPS destination URL', ...destination }),
  customAlias: maybe(
    t.String({
      pattern: '^[A-Za-z0-9-]{3,30}$',
      description: '3-30 letters, numbers, or hyphens',
    }),
    refusedAs('code_invalid'),
  ),
  password: maybe(t.String({ description: '4 to 256 characters' })),
  expiresAt: maybe(instant),
}

/** Body of `POST /api/links/guest`. */
export const guestBody = t.Object(ofGuest)

/** Body of `POST /api/links`, and an item of a bulk request. */
export const linkBody = t.Object({
  ...ofGuest,
  startsAt: maybe(instant),
  maxClicks: maybe(
    t.Number({
      multipleOf: 1,
      minimum: 1, // `t.Integer` would take text for one
      description: 'Number of visits before it is disabled',
    }),
  ),
  campaignId: maybe(recordId),
  domainId: maybe(recordId),
  tags: maybe(
    t.Array(t.String(), {
      description: 'At most 10, each of letters, numbers, underscores, or hyphens',
    }),
  ),
  folder: maybe(t.String({ description: 'At most 50 characters' })),
  notes: maybe(t.String({ description: 'At most 500 characters' })),
})

/** Body of `POST /api/links/bulk`. */
export const bulkBody = t.Object({
  links: t.Array(validateEach(linkBody), { minItems: 1, maxItems: mostAtOnce }),
})

const link = t.Object({
  shortCode: t.String(),
  shortUrl: t.String(),
  originalUrl: t.String(),
  clicks: t.Integer(),
  maxClicks: t.Nullable(t.Integer()),
  startsAt: t.Nullable(instant),
  tags: t.Array(t.String()),
  folder: t.Nullable(t.String()),
  notes: t.Nullable(t.String()),
  expiresAt: t.Nullable(instant),
})

/** Answer of `POST /api/links` and `POST /api/links/guest`. */
export const linkMade = t.Object({ success: t.Literal(true), message: t.String(), data: link })

const bulkData = t.Object({
  created: t.Array(link),
  errors: t.Array(
    t.Object({
      index: t.Integer(),
      originalUrl: t.Nullable(t.String()),
      customAlias: t.Nullable(t.String()),
      message: t.String(),
    }),
  ),
})

/** Answer of `POST /api/links/bulk` when any link was made. */
export const bulkMade = t.Object({ success: t.Literal(true), message: t.String(), data: bulkData })

/** Answer of `POST /api/links/bulk` when none was. */
export const bulkRefused = t.Object({
  success: t.Literal(false),
  message: t.String(),
  code: t.String(),
  data: bulkData,
})
