import { eq } from 'drizzle-orm'
import type { Connection } from '../engine/connect'
import { atomically } from '../engine/transaction'
import { salts } from '../schema'
import { clickTables, ofOneLink } from './account-totals'
import { aggregate } from './aggregate'
import { dayOf, type NewClick } from './click'
import { prepareClicks } from './click-statements'
import { createDictionary } from './dictionary'
import { retentionVerbs } from './retention'
import { createRounds } from './sweep-rounds'
import { textSweep } from './text-sweep'

export type ClicksStore = ReturnType<typeof clicksStore>

/**
 * Clicks and what is counted of them: written in batches, each one transaction. Every verb may block
 * its thread for `wait` ms while somebody else writes.
 */
export const clicksStore = (connection: Connection, wait = 0) => {
  const { sqlite, db } = connection
  const ids = createDictionary(connection)
  const rounds = createRounds(sqlite)
  const { noteDeletion, ...sweeping } = textSweep(connection, { ids, rounds, wait })
  const { owners, insert, mark, count } = prepareClicks(connection)

  const isNewVisitor = ({ visitor, at, linkId }: NewClick) =>
    visitor !== null && mark(dayOf(at), linkId, visitor)

  const store = (batch: readonly NewClick[]) => {
    const known = owners(new Set(batch.map(({ linkId }) => linkId)))
    const kept = batch.filter(({ linkId }) => known.has(linkId))
    if (rounds.joinStoring()) ids.forget()
    for (const click of kept) insert(click, ids.idsOf(click))
    count(aggregate(kept, known, isNewVisitor))
  }

  return {
    /**
     * Stores a batch and counts it, all or nothing; clicks of links that are gone for good are passed
     * over.
     */
    async append(batch: readonly NewClick[]): Promise<void> {
      try {
        atomically(sqlite, wait, () => store(batch))
      } catch (error) {
        ids.undo()
        throw error
      }
    },

    /** The salt of a day: the stored one, or this fresh one, now stored. */
    async salt(day: number, fresh: Uint8Array): Promise<Uint8Array> {
      return atomically(sqlite, wait, () => {
        db.insert(salts)
          .values({ day, salt: Buffer.from(fresh) })
          .onConflictDoNothing()
          .run()
        return db.select().from(salts).where(eq(salts.day, day)).get()?.salt ?? fresh
      })
    },

    /** Deletes all clicks of a link and what was counted of them; its accounts' totals follow. */
    async erase(linkId: number): Promise<void> {
      return atomically(sqlite, wait, () => {
        for (const table of clickTables)
          sqlite.run(`DELETE FROM ${table} WHERE ${ofOneLink(table, '?1')}`, [linkId])
        noteDeletion()
      })
    },

    ...retentionVerbs(connection, wait, noteDeletion),
    ...sweeping,
  }
}
