import { t } from 'elysia'
import { destination, refusedAs } from '../../api'

const url = t.String({ description: 'The URL to shorten', ...destination })
const shortCode = t.String({ description: 'The generated or custom short code' })
const originalUrl = t.String({ description: 'The original URL that was shortened' })

/** Body of `POST /api/urls`. */
export const shortenBody = t.Object({ url })

/** Answer of `POST /api/urls`. */
export const shortened = t.Object({ shortCode, originalUrl })

/** Body of `POST /api/urls/create`. */
export const createBody = t.Object({
  url,
  shortCode: t.Optional(
    t.String({
      minLength: 1,
      maxLength: 50,
      description: 'Optional custom short code (requires paid plan)',
      ...refusedAs('code_invalid'),
    }),
  ),
})

/** Answer of `POST /api/urls/create`. */
export const created = t.Object({
  fullUrl: t.String({ description: 'The complete shortened URL' }),
  shortCode,
  originalUrl,
})

/** Answer of `GET /api/urls/{code}`. */
export const details = t.Object({
  originalUrl,
  shortCode,
  clicks: t.Number({ description: 'Number of times the URL has been accessed' }),
})

/** Answer of both deletions. */
export const deleted = t.Object({
  success: t.Literal(true, { description: 'Indicates successful deletion' }),
})

const key = t.String({ description: 'The API key; masked when it can’t be shown again' })
const expiresAt = t.Union([t.String({ description: 'ISO date and time' }), t.Null()], {
  description: 'Expiration date of the API key; null: never',
})

/** Answer of `GET /api/keys`. */
export const keys = t.Array(
  t.Object({
    key,
    expiresAt,
    requestsCount: t.Number({ description: 'Number of requests made with this key' }),
  }),
)

/** Answer of `POST /api/keys`. */
export const minted = t.Object({ key, expiresAt })
