import { eq, sql } from 'drizzle-orm'
import type { Connection } from './connect'
import { type Plan, plans } from './schema'
import type { Writer } from './writer'

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
    byName: async (name: string): Promise<Plan | null> => byName.get({ name }) ?? null,
  }
}
