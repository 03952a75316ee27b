import type { Database } from 'bun:sqlite'
import { createAcknowledge, type Waiting } from './acknowledge'
import { giveWay, sliceMs } from './slices'
import { begin, isBusy } from './transaction'

export type Writer = ReturnType<typeof createWriter>

/** How long a write waits for another process's lock before it fails, in ms. */
const patience = 5_000
const pause = 10

type Work = Waiting & { run: () => void }

/**
 * Makes `write(work)`: runs synchronous work atomically and resolves once it is committed and `sync`, which
 * must not block this thread, has brought it to the disk. All work of one event-loop turn shares one commit, and
 * all commits made while a sync is under way share the next; what would take longer than a slice goes on in the
 * next turns, in the order it came. A foreign lock is waited for without ever blocking this thread, which also
 * answers redirects.
 */
export const createWriter = (
  sqlite: Database,
  sync: () => Promise<void> = async () => {},
  now: () => number = () => performance.now(),
) => {
  let waiting: Work[] = []
  let refusing = false
  const onSynced = (error: unknown) => {
    refusing = error !== null
  }
  const { acknowledge, isSyncing } = createAcknowledge({ sync, onSynced, now })
  const commit = sqlite.prepare('COMMIT')
  const savepoint = sqlite.prepare('SAVEPOINT work')
  const release = sqlite.prepare('RELEASE work')
  const undo = sqlite.prepare('ROLLBACK TO work')

  const write = <T>(work: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      let answer: T
      const run = () => {
        answer = work()
      }
      waiting.push({ run, settle: () => resolve(answer), fail: reject })
      if (waiting.length === 1) void giveWay().then(() => flush())
    })

  const flush = (left = patience) => {
    try {
      begin(sqlite)
    } catch (error) {
      refusing = true
      if (isBusy(error) && left > 0) {
        setTimeout(flush, pause, left - pause)
        return
      }
      const refused = waiting
      waiting = []
      for (const one of refused) one.fail(error)
      return
    }
    commitAll(runSlice())
  }

  /** Runs what waits until the slice is over, and leaves the rest to another turn; returns what was done. */
  const runSlice = (): Work[] => {
    const end = now() + sliceMs
    let count = 0
    const done: Work[] = []
    do {
      const one = waiting[count++] as Work
      if (runAlone(one)) done.push(one)
    } while (count < waiting.length && now() < end)
    waiting = waiting.slice(count)
    if (waiting.length > 0) void giveWay().then(() => flush())
    return done
  }

  /** Work that fails is undone alone; the others of its turn are not touched. */
  const runAlone = (one: Work) => {
    try {
      if (!sqlite.inTransaction) throw new Error('the database gave this commit up')
      savepoint.run()
      one.run()
      release.run()
      return true
    } catch (error) {
      one.fail(error)
      if (!sqlite.inTransaction) return false // a full disk undoes the whole transaction
      undo.run()
      release.run()
      return false
    }
  }

  const commitAll = (done: Work[]) => {
    try {
      commit.run()
    } catch (error) {
      refusing = true
      if (sqlite.inTransaction) sqlite.run('ROLLBACK')
      for (const one of done) one.fail(error)
      return
    }
    acknowledge(done)
  }

  /** Resolves when all work asked for so far is committed and on the disk. */
  const idle = () =>
    waiting.length === 0 && !isSyncing() ? Promise.resolve() : write(() => undefined)

  return {
    write,
    idle,
    /** Whether the database refused the latest write. */
    refusing: () => refusing,
  }
}
