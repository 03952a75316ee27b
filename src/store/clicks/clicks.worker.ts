/** The thread that stores clicks: its own writing connection, so that no redirect waits for the disk. */

import { connectAgain } from '../engine/connect'
import { answerCalls } from '../engine/thread'
import { clicksStore } from '.'
import type { ThreadVerbs } from './clicks-thread'
import { unpack } from './codec'

/** How long a batch waits for a link being written, or another process, in ms; only this thread waits. */
const patience = 1000

answerCalls(({ path, checkpoints }) => {
  const connection = connectAgain(path, checkpoints)
  const { sqlite } = connection
  const { endSweep, ...store } = clicksStore(connection, patience)
  return {
    ...store,
    append: (parcel) => store.append(unpack(parcel)),
    async close() {
      await endSweep()
      sqlite.close()
    },
  } satisfies ThreadVerbs
})
