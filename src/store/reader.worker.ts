/** The statistics thread: answers questions from a read-only connection, each list from one snapshot. */
import { Database } from 'bun:sqlite'
import { type BunSQLiteDatabase, drizzle } from 'drizzle-orm/bun-sqlite'
import type { Question } from './questions'
import { answer } from './questions/answer'
import * as schema from './schema'

declare const self: Worker

type Message = { open: string } | { id: number; questions: readonly Question[] }

let sqlite: Database
let db: BunSQLiteDatabase<typeof schema>

self.onmessage = ({ data }: MessageEvent<Message>) => {
  if ('open' in data) {
    sqlite = new Database(data.open, { readonly: true, strict: true })
    for (const pragma of [
      'busy_timeout = 5000',
      'temp_store = MEMORY',
      'cache_size = -64000',
      'mmap_size = 268435456',
    ])
      sqlite.run(`PRAGMA ${pragma}`)
    db = drizzle(sqlite, { schema })
    return
  }
  const { id, questions } = data
  try {
    sqlite.run('BEGIN')
    self.postMessage({ id, answers: questions.map((question) => answer(db, question)) })
  } catch (error) {
    self.postMessage({ id, error: String(error) })
  } finally {
    if (sqlite.inTransaction) sqlite.run('COMMIT')
  }
}
