/** Runs at build time (a macro): inlines `drizzle/*.sql`, because a compiled program has no folder to read. */
import { join } from 'node:path'
import { readMigrationFiles } from 'drizzle-orm/migrator'

/** The migrations in order, as Drizzle's migrator takes them. */
export const readMigrations = () =>
  readMigrationFiles({ migrationsFolder: join(import.meta.dir, '../../../drizzle') })
