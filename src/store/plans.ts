import { asc, eq, inArray, notInArray, sql } from 'drizzle-orm'
import type { Connection } from './engine/connect'
import type { Writer } from './engine/writer'
import { accounts, type Plan, plans } from './schema'

/** Plans by name. */
export const plansStore = ({ db }: Connection, { write }: Writer) => {
  const byName = db
    .select()
    .from(plans)
    .where(eq(plans.name, sql.placeholder('name')))
    .prepare()

  return {
    /** Adds the plans that are not there yet; edited ones stay as they are. */
    seed: (rows: readonly Plan[]) =>
      write(() => {
        for (const row of rows) db.insert(plans).values(row).onConflictDoNothing().run()
      }),

    /** One plan; null when there is none of that name. */
    async byName(name: string): Promise<Plan | null> {
      return byName.get({ name }) ?? null
    },

    /** All plans, the smallest first; those without a limit last. */
    async all(): Promise<Plan[]> {
      return db
        .select()
        .from(plans)
        .orderBy(sql`${plans.requestsPerHour} is null`, asc(plans.requestsPerHour), asc(plans.name))
        .all()
    },

    /** Puts plans in the place of all others; the name of one that accounts are on, and nothing done, or null. */
    replace: (rows: readonly Plan[]): Promise<string | null> =>
      write(() => {
        const others = notInArray(
          plans.name,
          rows.map(({ name }) => name),
        )
        const gone = db.select({ name: plans.name }).from(plans).where(others)
        const used = db
          .select({ plan: accounts.plan })
          .from(accounts)
          .where(inArray(accounts.plan, gone))
          .limit(1)
          .get()
        if (used !== undefined) return used.plan
        db.delete(plans).where(others).run()
        for (const row of rows)
          db.insert(plans).values(row).onConflictDoUpdate({ target: plans.name, set: row }).run()
        return null
      }),
  }
}
