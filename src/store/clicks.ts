import { inArray, sql } from 'drizzle-orm'
import { dayOf, type NewClick } from './click'
import type { Connection } from './connect'
import { createDictionary } from './dictionary'
import { clicks, dayVisitors, linkDays, linkTotals, salts } from './schema'
import { tally } from './tally'
import { immediately } from './transaction'

const p = sql.placeholder

/** Clicks and what is counted of them: written in batches, each one transaction. */
export const clicksStore = (connection: Connection) => {
  const { sqlite, db } = connection
  const ids = createDictionary(connection)
  const insert = prepareInsert(connection)
  const seen = prepareSeen(connection)
  const count = prepareCounts(connection)

  const isNewVisitor = (click: NewClick): boolean =>
    click.visitor !== null &&
    seen.all({ day: dayOf(click.at), linkId: click.linkId, visitor: click.visitor }).length > 0

  const store = (click: NewClick) =>
    insert.run({
      ...{ linkId: click.linkId, at: click.at, visitor: click.visitor },
      country: ids.idOf(click.country),
      browser: ids.idOf(click.browser),
      os: ids.idOf(click.os),
      device: ids.idOf(click.device),
      referrer: ids.referrerId(click.referrer),
      language: ids.idOf(click.language),
      bot: click.bot === null ? 0 : ids.idOf(click.bot),
      redirectUs: click.redirectUs,
    })

  return {
    /** Stores a batch and counts it, all or nothing; fails at once when the file is locked. */
    append: async (batch: readonly NewClick[]) => {
      try {
        immediately(sqlite, () => {
          for (const click of batch) store(click)
          const { links, days } = tally(batch, isNewVisitor)
          for (const total of links) count.total.run(total)
          for (const total of days) count.day.run(total)
        })
      } catch (error) {
        ids.forget()
        throw error
      }
    },

    /** The salt of a day: the stored one, or this fresh one, now stored. */
    salt: async (day: number, fresh: Uint8Array): Promise<Uint8Array> =>
      immediately(sqlite, () => {
        db.insert(salts)
          .values({ day, salt: Buffer.from(fresh) })
          .onConflictDoNothing()
          .run()
        const stored = db.select().from(salts).where(sql`${salts.day} = ${day}`).get()
        return stored?.salt ?? fresh
      }),

    /** Deletes all clicks of links, and what was counted of them. */
    erase: async (linkIds: readonly number[]) =>
      immediately(sqlite, () => {
        for (const table of [clicks, linkTotals, linkDays, dayVisitors] as const)
          db.delete(table)
            .where(inArray(table.linkId, [...linkIds]))
            .run()
      }),
  }
}

const prepareInsert = ({ db }: Connection) =>
  db
    .insert(clicks)
    .values({
      linkId: p('linkId'),
      atMs: p('at'),
      // several clicks of a link may come in one millisecond, or the clock may be set back
      seq: sql`(SELECT coalesce(max(seq) + 1, 0) FROM clicks WHERE link_id = ${p('linkId')} AND at_ms = ${p('at')})`,
      ...{ country: p('country'), browser: p('browser'), os: p('os'), device: p('device') },
      ...{ referrer: p('referrer'), language: p('language'), bot: p('bot') },
      ...{ visitor: p('visitor'), redirectUs: p('redirectUs') },
    })
    .prepare()

const prepareSeen = ({ db }: Connection) =>
  db
    .insert(dayVisitors)
    .values({ day: p('day'), linkId: p('linkId'), visitor: p('visitor') })
    .onConflictDoNothing()
    .returning({ day: dayVisitors.day })
    .prepare()

const prepareCounts = ({ db }: Connection) => ({
  total: db
    .insert(linkTotals)
    .values({
      ...{ linkId: p('linkId'), clicks: p('clicks'), bots: p('bots'), visitors: p('visitors') },
      ...{ redirectUs: p('redirectUs'), lastAtMs: p('lastAt') },
    })
    .onConflictDoUpdate({
      target: linkTotals.linkId,
      set: {
        clicks: sql`${linkTotals.clicks} + excluded.clicks`,
        bots: sql`${linkTotals.bots} + excluded.bots`,
        visitors: sql`${linkTotals.visitors} + excluded.visitors`,
        redirectUs: sql`${linkTotals.redirectUs} + excluded.redirect_us`,
        lastAtMs: sql`max(${linkTotals.lastAtMs}, excluded.last_at_ms)`,
      },
    })
    .prepare(),
  day: db
    .insert(linkDays)
    .values({
      ...{ linkId: p('linkId'), day: p('day'), clicks: p('clicks') },
      ...{ bots: p('bots'), visitors: p('visitors') },
    })
    .onConflictDoUpdate({
      target: [linkDays.linkId, linkDays.day],
      set: {
        clicks: sql`${linkDays.clicks} + excluded.clicks`,
        bots: sql`${linkDays.bots} + excluded.bots`,
        visitors: sql`${linkDays.visitors} + excluded.visitors`,
      },
    })
    .prepare(),
})
