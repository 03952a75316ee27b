import { and, count, desc, eq, sql } from 'drizzle-orm'
import { inTurn, isWaiting, type NewDelivery } from './deliveries'
import type { Connection } from './engine/connect'
import type { Writer } from './engine/writer'
import { type WebhookDelivery, webhookDeliveries, webhooks } from './schema'

const isWaitingClick = sql`${isWaiting} AND ${webhookDeliveries.event} = 'click'`

/** Batches of clicks for webhooks: joined while they wait, and bounded in number. */
export const deliveryClicksStore = ({ db }: Connection, { write }: Writer) => {
  const ofWebhook = (webhookId: number) => eq(webhookDeliveries.webhookId, webhookId)
  const newest = db
    .select()
    .from(webhookDeliveries)
    .where(eq(webhookDeliveries.webhookId, sql.placeholder('webhookId')))
    .orderBy(desc(webhookDeliveries.createdAt), desc(sql`${webhookDeliveries}.rowid`))
    .limit(1)
    .prepare()

  /** Forgets the oldest batch of clicks that waits, but for some, and counts its clicks. */
  const dropClicks = (webhookId: number, kept: (id: string) => boolean) => {
    const oldest = db
      .select({ id: webhookDeliveries.id, clicks: clicksOf })
      .from(webhookDeliveries)
      .where(and(ofWebhook(webhookId), isWaitingClick))
      .orderBy(...inTurn)
      .limit(2)
      .all()
      .find(({ id }) => !kept(id))
    if (oldest === undefined) return
    db.delete(webhookDeliveries).where(eq(webhookDeliveries.id, oldest.id)).run()
    db.update(webhooks)
      .set({ droppedClicks: sql`${webhooks.droppedClicks} + ${oldest.clicks}` })
      .where(eq(webhooks.id, webhookId))
      .run()
  }

  const clickBatches = (webhookId: number, limit: number): number => {
    const some = db
      .select({ one: sql`1` })
      .from(webhookDeliveries)
      .where(and(ofWebhook(webhookId), isWaitingClick))
      .limit(limit)
    return db.select({ rows: count() }).from(some.as('some')).get()?.rows ?? 0
  }

  return {
    /**
     * Puts a batch of clicks in the queue, or into the batch that is last in it where `join` answers how
     * both read as one. Of more than `most` batches that wait the oldest is dropped, unless it is `kept`.
     */
    enqueueClicks: (
      row: NewDelivery,
      join: (last: WebhookDelivery) => string | null,
      { most, kept }: { most: number; kept: (id: string) => boolean },
    ) =>
      write(() => {
        const last = newest.get({ webhookId: row.webhookId })
        const payload = last?.state === 'waiting' && last.event === 'click' ? join(last) : null
        if (last !== undefined && payload !== null) {
          const isLast = eq(webhookDeliveries.id, last.id)
          db.update(webhookDeliveries).set({ payload }).where(isLast).run()
          return
        }
        db.insert(webhookDeliveries).values(row).run()
        if (clickBatches(row.webhookId, most + 1) > most) dropClicks(row.webhookId, kept)
      }),
  }
}

/** How many clicks a message tells of. */
const clicksOf = sql<number>`coalesce(json_array_length(${webhookDeliveries.payload}, '$.data.clicks'), 0)`
