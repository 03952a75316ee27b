import { t } from 'elysia'
import { destination as destinationMark, unvalidated, validateEach } from '../../api'
import { type LinkSortColumn, linkSortColumns, linkStates } from '../../core'
import { accountQuery, instant, oneOf, orNull, pageQuery, whole } from './schema'

const destination = {
  description: 'Complete http:// or https:// address of at most 2048 characters',
  examples: ['https://example.com/spring?utm_source=mail'],
  ...destinationMark,
}
const count = (description: string) => t.Integer({ description })
const state = oneOf(linkStates, {
  description:
    '`open`; `early` before startsAt; `expired`; `spent` when maxClicks is reached; `disabled`; `deleted`',
})

/** A link. */
export const link = t.Object({
  id: t.Integer(),
  code: t.String(),
  shortUrl: t.String(),
  destination: t.String(),
  domainId: orNull(t.String({ description: 'Null: the server’s own host' })),
  title: orNull(t.String()),
  hasPassword: t.Boolean(),
  startsAt: orNull(instant),
  expiresAt: orNull(instant),
  maxClicks: orNull(t.Integer()),
  clicks: count('Followed redirects, bots included'),
  visitors: count('Sum of daily visitors, bots left out'),
  lastClickAt: orNull(instant),
  tags: t.Array(t.String()),
  folder: orNull(t.String()),
  notes: orNull(t.String()),
  campaignId: orNull(t.String()),
  redirectStatus: orNull(t.Integer({ description: 'Null: as the server is set' })),
  forwardQuery: t.Boolean(),
  enabled: t.Boolean(),
  publicStats: t.Boolean(),
  unsafe: t.Boolean({ description: 'Whether a blocklist holds its destination by now' }),
  state,
  ownerId: t.Integer({ description: 'Account that made it' }),
  createdAt: instant,
  updatedAt: instant,
})

const settings = {
  title: t.Optional(orNull(t.String({ description: 'At most 200 characters' }))),
  startsAt: t.Optional(orNull(instant)),
  expiresAt: t.Optional(orNull(instant)),
  maxClicks: t.Optional(orNull(whole({ description: 'Most redirects ever answered, at least 1' }))),
  tags: t.Optional(
    orNull(
      t.Array(t.String(), {
        description: 'At most 10, each of 1 to 50 letters, digits, underscores or hyphens',
      }),
    ),
  ),
  folder: t.Optional(orNull(t.String({ description: 'At most 50 characters' }))),
  notes: t.Optional(orNull(t.String({ description: 'At most 500 characters' }))),
  campaignId: t.Optional(orNull(t.String({ description: 'One of your campaigns' }))),
  redirectStatus: t.Optional(orNull(whole({ description: '301, 302, 307 or 308' }))),
  forwardQuery: t.Optional(
    t.Boolean({ description: 'Whether the query of a visit is added to the destination' }),
  ),
  enabled: t.Optional(t.Boolean()),
  publicStats: t.Optional(t.Boolean({ description: 'Whether anybody may read its statistics' })),
}

const password = t.Optional(
  orNull(t.String({ description: '4 to 256 characters; never shown again' })),
)
const code = t.Optional(
  orNull(
    t.String({ description: '1 to 50 letters, digits, underscores or hyphens; absent: random' }),
  ),
)
const domainId = t.Optional(orNull(t.String({ description: 'One of your verified domains' })))

/** Body of `POST /api/snug/v1/links`. */
export const linkBody = t.Object({
  destination: t.String(destination),
  code,
  domainId,
  password,
  ...settings,
})

/** Body of `PATCH /api/snug/v1/links/{id}`; a code and a domain stay what they are. */
export const linkPatch = t.Object({
  destination: t.Optional(t.String(destination)),
  code,
  domainId,
  password,
  ...settings,
})

/** One link of many. */
export const linkItem = t.Object({
  destination: t.String(destination),
  code,
  domainId,
  password,
  ...settings,
})

/** Most links of one request. */
const mostAtOnce = 1000

/** Body of `POST /api/snug/v1/links/bulk`. */
export const bulkBody = t.Object({
  links: t.Array(validateEach(linkItem), { minItems: 1, maxItems: mostAtOnce }),
})

const itemProblem = { fault: t.String(), detail: t.String() }

/** Answer of `POST /api/snug/v1/links/bulk`. */
export const bulkMade = t.Object({
  created: t.Array(unvalidated(link)),
  errors: t.Array(t.Object({ index: t.Integer(), ...itemProblem })),
})

const ids = t.Array(whole(), { minItems: 1, maxItems: mostAtOnce })
const tags = t.Optional(t.Array(t.String(), { maxItems: 10 }))

/** Body of `PATCH /api/snug/v1/links/bulk`. */
export const bulkPatch = t.Object({
  ids,
  addTags: tags,
  removeTags: tags,
  folder: settings.folder,
  campaignId: settings.campaignId,
  enabled: settings.enabled,
})

/** Body of `POST /api/snug/v1/links/bulk/delete`. */
export const bulkDelete = t.Object({ ids })

/** What became of a change of many links. */
export const bulkChanged = t.Object({
  changed: t.Integer({ description: 'Links changed' }),
  missing: t.Array(t.Integer(), { description: 'Ids of none of your links, or deleted ones' }),
  errors: t.Array(t.Object({ id: t.Integer(), ...itemProblem })),
})

const sorts = linkSortColumns.flatMap((by) => [by, `-${by}`] as const) as unknown as readonly [
  LinkSortColumn | `-${LinkSortColumn}`,
]

const text = (description: string, maxLength: number) =>
  t.Optional(t.String({ maxLength, description }))

/** Which links are meant. */
export const linkFilter = {
  ...accountQuery.properties,
  q: text('Words that must all occur in code, destination, title, tags, folder or notes', 200),
  tag: text('A tag to the letter', 50),
  folder: text('A folder to the letter', 50),
  campaignId: text('Links of this campaign', 24),
  domainId: text('Links on this domain', 24),
  state: t.Optional(state),
}

/** Parameters of `GET /api/snug/v1/links`. */
export const linkQuery = t.Object({
  ...linkFilter,
  sort: t.Optional(
    oneOf(sorts, { default: '-createdAt', description: 'With `-` in front: downwards' }),
  ),
  ...pageQuery.properties,
})

/** Parameters of `GET /api/snug/v1/links/check`. */
export const checkQuery = t.Object({
  code: t.String({ maxLength: 2048 }),
  domainId: text('On this domain', 24),
})

/** Whether a code could be had. */
export const checked = t.Object({
  code: t.String(),
  available: t.Boolean(),
  verdict: oneOf(['free', 'taken', 'reserved', 'illegal']),
})
