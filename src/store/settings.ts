import { eq, sql } from 'drizzle-orm'
import type { Connection } from './engine/connect'
import type { Writer } from './engine/writer'
import { settings } from './schema'

/** What administrators decide while the program runs, as JSON values by name. */
export const settingsStore = ({ db }: Connection, { write }: Writer) => {
  const get = (name: string): unknown =>
    db.select().from(settings).where(eq(settings.name, name)).get()?.value ?? null

  const put = (name: string, value: unknown) =>
    db
      .insert(settings)
      .values({ name, value })
      .onConflictDoUpdate({ target: settings.name, set: { value: sql`excluded.value` } })
      .run()

  return {
    /** One value; null when nothing was decided. */
    async get(name: string): Promise<unknown> {
      return get(name)
    },

    /** Puts a value in the place of the earlier one. */
    put: (name: string, value: unknown) => write(() => void put(name, value)),

    /** Changes some fields of an object, null removes one; answers the whole of it. */
    merge: (name: string, fields: Readonly<Record<string, unknown>>) =>
      write(() => {
        const merged = Object.entries({ ...(get(name) as object | null), ...fields })
        const value = Object.fromEntries(merged.filter(([, field]) => field !== null))
        put(name, value)
        return value
      }),
  }
}
