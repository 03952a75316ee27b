import { t } from 'elysia'
import { instant, orNull } from './schema'

const entries = t.Array(t.String({ maxLength: 4096 }), {
  maxItems: 20_000,
  description: 'Hosts, domains or addresses of your own',
})

/** Answer of `GET /api/snug/v1/blocklist`. */
export const blocklist = t.Object({
  entries,
  sources: t.Array(
    t.Object({
      source: t.String({ description: 'Path or URL, from SNUG_BLOCKLIST' }),
      entries: t.Integer(),
      readAt: orNull(instant),
      problem: orNull(t.String({ description: 'Why it could not be read last time' })),
    }),
  ),
})

/** Body of `PUT /api/snug/v1/blocklist`. */
export const blocklistBody = t.Object({ entries })
