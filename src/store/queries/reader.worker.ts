/** The statistics thread: answers questions from a read-only connection, each list from one snapshot. */
import { Database } from 'bun:sqlite'
import { drizzle } from 'drizzle-orm/bun-sqlite'
import { answerCalls } from '../engine/thread'
import { lowerThreadPriority } from '../engine/thread-priority'
import * as schema from '../schema'
import type { Query } from '.'
import { answer } from './answer'

const pragmas = [
  'busy_timeout = 5000',
  'temp_store = MEMORY',
  'cache_size = -64000', // KiB
  'mmap_size = 268435456',
]

answerCalls(({ path }) => {
  lowerThreadPriority()
  const sqlite = new Database(path, { readonly: true, strict: true })
  for (const pragma of pragmas) sqlite.run(`PRAGMA ${pragma}`)
  const db = drizzle(sqlite, { schema })
  return {
    ask: (questions: readonly Query[]) => {
      sqlite.run('BEGIN')
      try {
        return questions.map((question) => answer(db, question))
      } finally {
        sqlite.run('COMMIT')
      }
    },
  }
})
