import { eq, sql } from 'drizzle-orm'
import type { Connection } from '../engine/connect'
import { type DatabaseLocation, inThread } from '../engine/thread'
import { salts } from '../schema'
import { type ClicksStore, clicksStore } from '.'
import { pack } from './codec'

/** What the clicks' own thread can do, and how it ends. */
export type ClicksVerbs = Omit<ClicksStore, 'endSweep'> & {
  close: () => Promise<void>
}

/** The same on the other side of the border, which batches cross as text. */
export type ThreadVerbs = Omit<ClicksVerbs, 'append'> & {
  append: (parcel: string) => Promise<void>
}

/** Writes clicks in place, for a memory database: no second thread could open it. */
export const writeInPlace = (connection: Connection): ClicksVerbs => {
  const { endSweep, ...store } = clicksStore(connection)
  return { ...store, close: endSweep }
}

/**
 * Writes clicks in a thread with a connection of its own: no redirect waits for them. A salt that is
 * stored already is read here: the thread may be busy with a batch.
 */
export const writeInThread = ({ db }: Connection, place: DatabaseLocation): ClicksVerbs => {
  const known = db
    .select()
    .from(salts)
    .where(eq(salts.day, sql.placeholder('day')))
    .prepare()
  const { call, end, isRunning } = inThread<ThreadVerbs>('clicks/clicks.worker', place)
  return {
    append: (batch) => call('append', pack(batch)),
    async salt(day, fresh) {
      return known.get({ day })?.salt ?? call('salt', day, fresh)
    },
    erase: (linkId) => call('erase', linkId),
    forgetVisitors: (now) => call('forgetVisitors', now),
    forgetClicks: (before) => call('forgetClicks', before),
    sweepTexts: () => call('sweepTexts'),
    async close() {
      if (isRunning()) await call('close')
      end('the program is stopping')
    },
  }
}
