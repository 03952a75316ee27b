import { and, asc, eq, sql } from 'drizzle-orm'
import type { Connection } from './engine/connect'
import type { Writer } from './engine/writer'
import { type WebhookDelivery, webhookDeliveries } from './schema'

/** A message as it is put in the queue. */
export type NewDelivery = Omit<WebhookDelivery, keyof Untried>

/** What an attempt came to. */
export type Attempt = Pick<
  WebhookDelivery,
  'id' | 'state' | 'attempts' | 'nextAt' | 'status' | 'problem' | 'endedAt'
>

/** What a delivery has only once it was tried. */
type Untried = Pick<WebhookDelivery, 'state' | 'attempts' | 'status' | 'problem' | 'endedAt'>

/** In the words of the index that knows what waits. */
export const isWaiting = sql`${webhookDeliveries.state} = 'waiting'`

/** In the order in which they were put in the queue; one that failed counts from its next attempt. */
export const inTurn = [asc(webhookDeliveries.nextAt), sql`${webhookDeliveries}.rowid`] as const

/** Messages to webhooks: a queue that a restart survives. */
export const deliveriesStore = ({ db }: Connection, { write }: Writer) => {
  const next = db
    .select()
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.webhookId, sql.placeholder('webhookId')), isWaiting))
    .orderBy(...inTurn)
    .limit(1)
    .prepare()
  return {
    /** Puts deliveries in the queue. */
    enqueue: (rows: readonly NewDelivery[]) =>
      write(() => {
        for (const row of rows) db.insert(webhookDeliveries).values(row).run()
      }),

    /** The webhooks that messages wait for: one look into the index for each. */
    async waitingFor(): Promise<number[]> {
      return db.all<{ id: number }>(everyWaiting).map(({ id }) => id)
    },

    /** The message that is next for a webhook, due or not; null when none waits. */
    async next(webhookId: number): Promise<WebhookDelivery | null> {
      return next.get({ webhookId }) ?? null
    },

    /** A message that still waits; null for any other. */
    async waiting(id: string): Promise<WebhookDelivery | null> {
      return (
        db
          .select()
          .from(webhookDeliveries)
          .where(and(eq(webhookDeliveries.id, id), isWaiting))
          .get() ?? null
      )
    },

    /** Notes what an attempt came to. */
    settle: ({ id, ...outcome }: Attempt) =>
      write(
        () =>
          void db.update(webhookDeliveries).set(outcome).where(eq(webhookDeliveries.id, id)).run(),
      ),
  }
}

/** Leaps from one webhook to the next, however many messages lie between. */
const everyWaiting = sql`
  WITH RECURSIVE waiting(id) AS (
    SELECT min(webhook_id) FROM webhook_deliveries WHERE state = 'waiting'
    UNION ALL
    SELECT (SELECT min(webhook_id) FROM webhook_deliveries WHERE state = 'waiting' AND webhook_id > waiting.id)
    FROM waiting WHERE waiting.id IS NOT NULL
  )
  SELECT id FROM waiting WHERE id IS NOT NULL`
