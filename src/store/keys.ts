import { and, desc, eq, or, sql } from 'drizzle-orm'
import type { Connection } from './engine/connect'
import { changesNothing } from './engine/patch'
import type { Writer } from './engine/writer'
import { type Account, accounts, type Key, keys, type NewKey } from './schema'

/** A key together with the account it opens. */
export type KeyHolder = { key: Key; account: Account }

/** Uses of a key that were counted in memory. */
export type KeyUse = { id: number; requests: number; lastUsedAt: Date }

/** What may change about a key. */
export type KeyPatch = Partial<Pick<NewKey, 'name' | 'active' | 'allowedIps' | 'expiresAt'>>

/** Keys, found by the SHA-256 of the secret. */
export const keysStore = ({ db }: Connection, { write }: Writer) => {
  const owned = (accountId: number, id: number) =>
    and(eq(keys.id, id), eq(keys.accountId, accountId))
  const byHash = db
    .select({ key: keys, account: accounts })
    .from(keys)
    .innerJoin(accounts, eq(accounts.id, keys.accountId))
    .where(eq(keys.hash, sql.placeholder('hash')))
    .prepare()
  const count = db
    .update(keys)
    .set({
      requestsCount: sql`${keys.requestsCount} + ${sql.placeholder('requests')}`,
      lastUsedAt: sql`${sql.placeholder('at')}`,
    })
    .where(eq(keys.id, sql.placeholder('id')))
    .prepare()

  return {
    /** The key with this hash and its account, whatever their state; null when there is none. */
    async byHash(hash: string): Promise<KeyHolder | null> {
      return byHash.get({ hash }) ?? null
    },

    /** At most two keys with this mask or this hash. */
    async named(mask: string, hash: string): Promise<Key[]> {
      return db
        .select()
        .from(keys)
        .where(or(eq(keys.mask, mask), eq(keys.hash, hash)))
        .limit(2)
        .all()
    },

    insert: (key: NewKey): Promise<Key> =>
      write(() => db.insert(keys).values(key).returning().get()),

    /** Adds a key, unless its account has `max` of its kind already: then null. */
    insertWithin: (key: NewKey, max: number): Promise<Key | null> =>
      write(() => {
        const ofKind = and(eq(keys.accountId, key.accountId), eq(keys.kind, key.kind))
        const held = db.select({ id: keys.id }).from(keys).where(ofKind).limit(max).all()
        if (held.length >= max) return null
        return db.insert(keys).values(key).returning().get()
      }),

    /** All keys of an account, newest first. */
    async all(accountId: number): Promise<Key[]> {
      return db
        .select()
        .from(keys)
        .where(eq(keys.accountId, accountId))
        .orderBy(desc(keys.id))
        .all()
    },

    /** Puts a new key in the place of the account's personal one, if it had any. */
    replacePersonal: (key: NewKey): Promise<Key> =>
      write(() => {
        db.delete(keys)
          .where(and(eq(keys.accountId, key.accountId), eq(keys.kind, 'personal')))
          .run()
        return db.insert(keys).values(key).returning().get()
      }),

    /** The key as it is after the change; null when the account has none of that id. */
    patch: (accountId: number, id: number, patch: KeyPatch): Promise<Key | null> =>
      write(() => {
        const found = changesNothing(patch)
          ? db.select().from(keys).where(owned(accountId, id)).get()
          : db.update(keys).set(patch).where(owned(accountId, id)).returning().get()
        return found ?? null
      }),

    /** Deletes a key; false when the account has none of that id. */
    remove: (accountId: number, id: number) =>
      write(() => db.delete(keys).where(owned(accountId, id)).returning().all().length > 0),

    /** Adds up uses that were counted in memory. */
    countUses: (uses: readonly KeyUse[]) =>
      write(() => {
        for (const { id, requests, lastUsedAt } of uses)
          count.run({ id, requests, at: lastUsedAt.getTime() })
      }),
  }
}
