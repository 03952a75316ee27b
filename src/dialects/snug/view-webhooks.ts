import type { Wire } from '../../api'
import type { Webhook, WebhookDelivery } from '../../core'
import type * as schema from './schema-webhooks'
import { instant, instantOrNull } from './view'

/** A webhook, without its secret. */
export const webhook = ({
  id,
  url,
  events,
  enabled,
  droppedClicks,
  createdAt,
}: Webhook): Wire<typeof schema.webhook> => ({
  id,
  url,
  events,
  enabled,
  droppedClicks,
  createdAt: instant(createdAt),
})

/** One message to a webhook. */
export const delivery = (row: WebhookDelivery): Wire<typeof schema.delivery> => ({
  id: row.id,
  event: row.event,
  state: row.state,
  attempts: row.attempts,
  status: row.status,
  problem: row.problem,
  nextAttemptAt: row.state === 'waiting' ? instant(row.nextAt) : null,
  createdAt: instant(row.createdAt),
  endedAt: instantOrNull(row.endedAt),
})
