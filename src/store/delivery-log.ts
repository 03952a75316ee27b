import { and, count, desc, eq, inArray, lt, sql } from 'drizzle-orm'
import { isWaiting } from './deliveries'
import type { Connection } from './engine/connect'
import type { Writer } from './engine/writer'
import { webhookDeliveries } from './schema'

/** What became of messages to webhooks, and how they are forgotten. */
export const deliveryLogStore = ({ db }: Connection, { write }: Writer) => {
  const ofWebhook = (webhookId: number) => eq(webhookDeliveries.webhookId, webhookId)
  return {
    /** A page of a webhook's deliveries, newest first, and how many there are. */
    async page(webhookId: number, { offset, limit }: { offset: number; limit: number }) {
      const rows = db
        .select()
        .from(webhookDeliveries)
        .where(ofWebhook(webhookId))
        .orderBy(desc(webhookDeliveries.createdAt), desc(webhookDeliveries.id))
        .limit(limit)
        .offset(offset)
        .all()
      const all = db
        .select({ rows: count() })
        .from(webhookDeliveries)
        .where(ofWebhook(webhookId))
        .get()
      return { rows, total: all?.rows ?? 0 }
    },

    /** Forgets the oldest of the messages that wait for a webhook in too large a number. */
    trim: (webhookId: number, most: number) =>
      write(() => {
        const surplus = db
          .select({ id: webhookDeliveries.id })
          .from(webhookDeliveries)
          .where(and(ofWebhook(webhookId), isWaiting))
          .orderBy(desc(webhookDeliveries.nextAt), desc(sql`${webhookDeliveries}.rowid`))
          .limit(2 ** 31)
          .offset(most)
        db.delete(webhookDeliveries).where(inArray(webhookDeliveries.id, surplus)).run()
      }),

    /** Forgets at most so many deliveries that were queued before a moment; answers how many. */
    forget: (before: Date, limit: number): Promise<number> =>
      write(() => {
        const some = db
          .select({ id: webhookDeliveries.id })
          .from(webhookDeliveries)
          .where(lt(webhookDeliveries.createdAt, before))
          .limit(limit)
        return db
          .delete(webhookDeliveries)
          .where(inArray(webhookDeliveries.id, some))
          .returning({ id: webhookDeliveries.id })
          .all().length
      }),
  }
}
