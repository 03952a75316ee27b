import { createPauses } from './slices'

/** Somebody who waits to hear what became of their write. */
export type Waiting = { settle: () => void; fail: (error: unknown) => void }

type Needs = {
  /** brings all commits made so far to the disk, without blocking this thread */
  sync: () => Promise<void>
  onSynced: (error: unknown) => void
  now: () => number
}

/**
 * Makes `acknowledge(done)`: tells those whose work is committed of it once it is on the disk too, in their
 * order. All commits made while one sync is under way share the next. What those who hear of it do next is
 * done in slices as well.
 */
export const createAcknowledge = ({ sync, onSynced, now }: Needs) => {
  let unsynced: Waiting[] = []
  let syncing = false
  let settled = Promise.resolve()

  async function settleAll(done: readonly Waiting[]) {
    const pause = createPauses(now)
    for (const one of done) {
      one.settle()
      await pause()
    }
  }

  async function syncAll() {
    syncing = true
    while (unsynced.length > 0) {
      const these = unsynced
      unsynced = []
      try {
        await sync()
        onSynced(null)
        settled = settled.then(() => settleAll(these))
      } catch (error) {
        onSynced(error)
        for (const one of these) one.fail(error)
      }
    }
    syncing = false
  }

  return {
    acknowledge: (done: readonly Waiting[]): void => {
      unsynced.push(...done)
      if (!syncing) void syncAll()
    },
    /** Whether anything committed may not be on the disk yet. */
    isSyncing: () => syncing,
  }
}
