import { statSync } from 'node:fs'
import type { Connection } from './connect'
import type { Writer } from './writer'

/** The worker's file: beside this one, or where the compiled program keeps its entry points. */
const workerFile = Bun.isStandaloneExecutable ? './store/backup.worker.ts' : './backup.worker.ts'

type Place = { path: string; checkpoints: boolean }

/** The database's own state: whether it takes writes, how large it is, its log and copies. */
export const upkeepStore = ({ sqlite }: Connection, writer: Writer, place: Place) => ({
  /** Whether the latest write was refused: a full disk, a foreign lock, a failing drive. */
  refusing: writer.refusing,

  /** Tries a write that changes nothing; throws while the database refuses. */
  probe: () => writer.write(() => void sqlite.run('PRAGMA user_version = 0')),

  /** Bytes of the file and of its log. */
  sizes: () => ({ database: sizeOf(place.path), log: sizeOf(`${place.path}-wal`) }),

  /** Writes a consistent, checked copy to a file, off this thread; answers its size in bytes. */
  backUp: async (to: string): Promise<number> => {
    if (place.path !== ':memory:') return backUpInWorker(place.path, to)
    sqlite.run('VACUUM INTO ?', [to])
    return sizeOf(to)
  },
})

const backUpInWorker = (from: string, to: string) =>
  new Promise<number>((resolve, reject) => {
    const worker = new Worker(new URL(workerFile, import.meta.url))
    const end = (settle: () => void) => {
      worker.terminate()
      settle()
    }
    worker.addEventListener(
      'message',
      ({ data }: MessageEvent<{ bytes: number } | { error: string }>) =>
        end(() => ('error' in data ? reject(new Error(data.error)) : resolve(data.bytes))),
    )
    worker.addEventListener('error', ({ message }) => end(() => reject(new Error(message))))
    worker.postMessage({ from, to })
  })

const sizeOf = (path: string): number => {
  try {
    return statSync(path).size
  } catch {
    return 0
  }
}
