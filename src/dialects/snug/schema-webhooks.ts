import { t } from 'elysia'
import { webhookEvents } from '../../core'
import { instant, orNull } from './schema'

const events = t.Array(t.String({ description: webhookEvents.join(', ') }), { maxItems: 20 })
const url = t.String({ maxLength: 2048, description: 'Where messages are sent by POST' })

/** A webhook, without its secret. */
export const webhook = t.Object({
  id: t.Integer(),
  url,
  events,
  enabled: t.Boolean(),
  droppedClicks: t.Integer({
    description: 'Clicks it was never told of, because too many messages waited',
  }),
  createdAt: instant,
})

/** A new webhook: the only answer that holds its secret. */
export const newWebhook = t.Object({
  ...webhook.properties,
  secret: t.String({ description: 'Verifies signatures, as standardwebhooks.com describes' }),
})

/** Body of `POST /api/snug/v1/webhooks`. */
export const webhookBody = t.Object({ url, events, enabled: t.Optional(t.Boolean()) })

/** Body of `PATCH /api/snug/v1/webhooks/{id}`. */
export const webhookPatch = t.Partial(webhookBody)

/** One message to a webhook. */
export const delivery = t.Object({
  id: t.String(),
  event: t.String(),
  state: t.Union([t.Literal('waiting'), t.Literal('delivered'), t.Literal('failed')]),
  attempts: t.Integer(),
  status: orNull(t.Integer({ description: 'The answer to the latest attempt' })),
  problem: orNull(t.String()),
  nextAttemptAt: orNull(instant),
  createdAt: instant,
  endedAt: orNull(instant),
})

/** The answer of `POST /api/snug/v1/webhooks/{id}/test`. */
export const queued = t.Object({ queued: t.Literal(true) })
