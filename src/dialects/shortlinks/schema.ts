import { t } from 'elysia'
import { destination, refusedAs } from '../../api'

const instant = t.String({ description: 'Instant, `YYYY-MM-DDTHH:MM:SSZ`' })

/** Body of `POST /api/shortlinks`. */
export const linkBody = t.Object({
  url: t.String({ description: 'Valid URL to redirect to', ...destination }),
  slug: t.Optional(
    t.Nullable(
      t.String({
        minLength: 2,
        maxLength: 50,
        description: 'Custom slug for the short link. If omitted, one will be auto-generated.',
      }),
      refusedAs('code_invalid'),
    ),
  ),
})

/** Answer of `POST /api/shortlinks`. */
export const linkMade = t.Object({
  link: t.Object({
    id: t.Number(),
    slug: t.String(),
    url: t.String(),
    ownerId: t.Nullable(t.Number()),
    createdAt: instant,
    lastVisitedAt: t.Nullable(instant),
    visitCount: t.Number(),
    guestSessionId: t.Nullable(t.String()),
    available: t.Boolean(),
  }),
  owner: t.Nullable(
    t.Object({ id: t.Number(), email: t.Nullable(t.String()), displayName: t.String() }),
  ),
  message: t.String(),
})
