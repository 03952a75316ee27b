import { and, asc, eq, gt, inArray, isNull, lte } from 'drizzle-orm'
import type { Connection } from './engine/connect'
import { changesNothing } from './engine/patch'
import type { Writer } from './engine/writer'
import { type Link, links, type Webhook, webhooks } from './schema'

export type WebhookPatch = Partial<Pick<Webhook, 'url' | 'events' | 'enabled'>>

/** Webhooks of accounts, and the links whose expiry they are told of. */
export const webhooksStore = ({ db }: Connection, { write }: Writer) => {
  const owned = (accountId: number, id: number) =>
    and(eq(webhooks.id, id), eq(webhooks.accountId, accountId))

  return {
    insert: (row: Omit<Webhook, 'id'>): Promise<Webhook> =>
      write(() => db.insert(webhooks).values(row).returning().get()),

    /** All of an account, or of everybody, oldest first. */
    async all(accountId?: number): Promise<Webhook[]> {
      return db
        .select()
        .from(webhooks)
        .where(accountId === undefined ? undefined : eq(webhooks.accountId, accountId))
        .orderBy(asc(webhooks.id))
        .all()
    },

    /** The webhook as it is after the change; null when the account has none of that id. */
    patch: (accountId: number, id: number, patch: WebhookPatch): Promise<Webhook | null> =>
      write(() => {
        const found = changesNothing(patch)
          ? db.select().from(webhooks).where(owned(accountId, id)).get()
          : db.update(webhooks).set(patch).where(owned(accountId, id)).returning().get()
        return found ?? null
      }),

    /** Deletes one with its deliveries; false when the account has none of that id. */
    remove: (accountId: number, id: number) =>
      write(() => db.delete(webhooks).where(owned(accountId, id)).returning().all().length > 0),

    /** Links of some accounts that expired after one moment and until another. */
    async expired(accountIds: readonly number[], after: Date, until: Date): Promise<Link[]> {
      return db
        .select()
        .from(links)
        .where(
          and(
            gt(links.expiresAt, after),
            lte(links.expiresAt, until),
            inArray(links.ownerId, [...accountIds]),
            isNull(links.deletedAt),
          ),
        )
        .limit(1000)
        .all()
    },
  }
}
