import { and, asc, count, desc, eq, inArray, lt, lte, ne } from 'drizzle-orm'
import type { Connection } from './connect'
import { accounts, type Webhook, type WebhookDelivery, webhookDeliveries, webhooks } from './schema'
import type { Writer } from './writer'

/** A delivery whose time has come, with where it goes. */
export type DueDelivery = { delivery: WebhookDelivery; webhook: Webhook }

/** What an attempt came to. */
export type Attempt = Pick<
  WebhookDelivery,
  'id' | 'state' | 'attempts' | 'nextAt' | 'status' | 'problem' | 'endedAt'
>

/** What a delivery has only once it was tried. */
type Untried = Pick<WebhookDelivery, 'state' | 'attempts' | 'status' | 'problem' | 'endedAt'>

const waitingOf = (webhookId: number) =>
  and(eq(webhookDeliveries.webhookId, webhookId), eq(webhookDeliveries.state, 'waiting'))

/** Messages to webhooks: a queue that a restart survives, and afterwards a log. */
export const deliveriesStore = ({ db }: Connection, { write }: Writer) => ({
  /** Puts deliveries in the queue. */
  enqueue: (rows: readonly Omit<WebhookDelivery, keyof Untried>[]) =>
    write(() => {
      for (const row of rows) db.insert(webhookDeliveries).values(row).run()
    }),

  /** Deliveries whose time has come, the most overdue first; none of webhooks that are switched off or whose account is suspended. */
  due: async (now: Date, limit: number): Promise<DueDelivery[]> =>
    db
      .select({ delivery: webhookDeliveries, webhook: webhooks })
      .from(webhookDeliveries)
      .innerJoin(webhooks, eq(webhooks.id, webhookDeliveries.webhookId))
      .innerJoin(accounts, eq(accounts.id, webhooks.accountId))
      .where(
        and(
          eq(webhookDeliveries.state, 'waiting'),
          lte(webhookDeliveries.nextAt, now),
          eq(webhooks.enabled, true),
          eq(accounts.suspended, false),
        ),
      )
      .orderBy(asc(webhookDeliveries.nextAt))
      .limit(limit)
      .all(),

  /** Notes what an attempt came to; after a failed one everything else for that webhook waits a little, too. */
  settle: ({ id, ...outcome }: Attempt, othersAt: Date | null) =>
    write(() => {
      const { webhookId } = db
        .update(webhookDeliveries)
        .set(outcome)
        .where(eq(webhookDeliveries.id, id))
        .returning({ webhookId: webhookDeliveries.webhookId })
        .get() ?? { webhookId: 0 }
      if (othersAt !== null)
        db.update(webhookDeliveries)
          .set({ nextAt: othersAt })
          .where(and(waitingOf(webhookId), lt(webhookDeliveries.nextAt, othersAt)))
          .run()
    }),

  /** A page of a webhook's deliveries, newest first, and how many there are. */
  page: async (webhookId: number, { offset, limit }: { offset: number; limit: number }) => {
    const ofWebhook = eq(webhookDeliveries.webhookId, webhookId)
    const rows = db
      .select()
      .from(webhookDeliveries)
      .where(ofWebhook)
      .orderBy(desc(webhookDeliveries.createdAt), desc(webhookDeliveries.id))
      .limit(limit)
      .offset(offset)
      .all()
    const all = db.select({ rows: count() }).from(webhookDeliveries).where(ofWebhook).get()
    return { rows, total: all?.rows ?? 0 }
  },

  /** Forgets deliveries that ended before a moment, and the oldest of those that wait in too large a number. */
  forget: (before: Date, mostWaiting: number) =>
    write(() => {
      for (const { id } of db.select({ id: webhooks.id }).from(webhooks).all()) {
        const surplus = db
          .select({ id: webhookDeliveries.id })
          .from(webhookDeliveries)
          .where(waitingOf(id))
          .orderBy(desc(webhookDeliveries.createdAt))
          .limit(2 ** 31)
          .offset(mostWaiting)
        db.delete(webhookDeliveries).where(inArray(webhookDeliveries.id, surplus)).run()
      }
      db.delete(webhookDeliveries)
        .where(and(ne(webhookDeliveries.state, 'waiting'), lt(webhookDeliveries.createdAt, before)))
        .run()
    }),
})
