import { statSync } from 'node:fs'
import type { BackupVerbs } from './backup.worker'
import type { Connection } from './connect'
import type { Log } from './log'
import { type DatabaseLocation, inThread } from './thread'
import type { Writer } from './writer'

/** The database's own state: whether it takes writes, how large it is, its log and copies. */
export const upkeepStore = (
  { sqlite }: Connection,
  writer: Writer,
  place: DatabaseLocation,
  log: Log,
) => ({
  /** Whether the latest write was refused: a full disk, a foreign lock, a failing drive. */
  refusing: writer.refusing,

  /** Tries a write that changes nothing; throws while the database refuses. */
  probe: () => writer.write(() => void sqlite.run('PRAGMA user_version = 0')),

  /** Moves what it can of the write-ahead log into the file, so that it stays short while little is written. */
  moveLog: log.move,

  /** Bytes of the file and of its log. */
  sizes: () => ({ database: sizeOf(place.path), log: sizeOf(`${place.path}-wal`) }),

  /** Writes a consistent, checked copy to a file, off this thread; answers its size in bytes. */
  async backUp(to: string): Promise<number> {
    if (place.path === ':memory:') {
      sqlite.run('VACUUM INTO ?', [to])
      return sizeOf(to)
    }
    const { call, end } = inThread<BackupVerbs>('engine/backup.worker', place)
    try {
      return await call('backUp', to)
    } finally {
      end('the backup is over')
    }
  },
})

const sizeOf = (path: string): number => {
  try {
    return statSync(path).size
  } catch {
    return 0
  }
}
