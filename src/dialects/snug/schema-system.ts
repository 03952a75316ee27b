import { t } from 'elysia'
import { instant, orNull } from './schema'

/** Body of `POST /api/snug/v1/backup`; accounts without a password need none. */
export const backupBody = t.Optional(
  t.Object({
    password: t.Optional(t.String({ description: 'Your own, again' })),
  }),
)

/** Answer of `GET /api/snug/v1/system`. */
export const system = t.Object({
  version: t.String(),
  runtime: t.String({ description: 'What the program runs on' }),
  startedAt: instant,
  uptimeSeconds: t.Integer(),
  healthy: t.Boolean({ description: 'What `/health` says' }),
  memoryBytes: t.Integer(),
  database: t.Object({
    folder: t.String(),
    bytes: t.Integer(),
    logBytes: t.Integer({ description: 'Of the write-ahead log' }),
  }),
  clicks: t.Object({
    waiting: t.Integer({ description: 'In memory, to be stored' }),
    dropped: t.Integer({ description: 'Since the start, because too many waited' }),
    stored: t.Integer({ description: 'Since the start' }),
    storing: t.Boolean({ description: 'false while the database refuses them' }),
  }),
  countryData: t.String(),
  limitsEnforced: t.Boolean(),
  proxies: t.Object({
    trusted: t.Array(t.String()),
    untrusted: orNull(
      t.String({ description: 'A private peer whose forwarding headers are not believed' }),
    ),
  }),
  request: t.Object({
    address: t.String({ description: 'Whom the program takes you for' }),
    origin: t.String(),
    peer: orNull(t.String({ description: 'Who is connected' })),
    headers: t.Record(t.String(), t.String(), {
      description: 'Forwarding headers that this request came with',
    }),
  }),
})
