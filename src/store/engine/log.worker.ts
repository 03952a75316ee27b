/** The thread that waits for the disk: it syncs what the serving thread has committed, and keeps the log short. */
import { fdatasyncSync, openSync } from 'node:fs'
import { connectAgain } from './connect'
import { keepShort, moveLog } from './log'
import { answerCalls } from './thread'

export type LogVerbs = { sync: () => void; move: () => void }

answerCalls(({ path, checkpoints }) => {
  const { sqlite } = connectAgain(path, checkpoints)
  const log = openSync(`${path}-wal`, 'r+')
  return {
    /** Writers who wait for this wait for a log that is long, too: so it can't grow without end. */
    sync: () => {
      fdatasyncSync(log)
      if (checkpoints) keepShort(sqlite)
    },
    move: () => {
      if (checkpoints) moveLog(sqlite)
    },
  } satisfies LogVerbs
})
