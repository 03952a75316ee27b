import type { Connection } from './connect'
import type { Answers, Ask, Question } from './questions'
import { answer } from './questions/answer'

type Waiting = { resolve: (answers: unknown[]) => void; reject: (error: Error) => void }
type Reply = { id: number; answers: unknown[] } | { id: number; error: string }

/** The worker's file: beside this one, or where the compiled program keeps its second entry point. */
const workerFile = Bun.isStandaloneExecutable ? './store/reader.worker.ts' : './reader.worker.ts'

/** Bun's workers can let the process end; the browser's type does not know. */
type StatisticsWorker = Worker & { ref: () => void; unref: () => void }

export type Reader = { ask: Ask; close: () => Promise<void> }

/** Answers in place, for a memory database: no second thread could open it. */
export const readInPlace = ({ db }: Connection): Reader => ({
  ask: async (questions) =>
    questions.map((question) => answer(db, question)) as Answers<typeof questions>,
  close: async () => {},
})

/**
 * Answers in a worker with a read-only connection of its own: a long question never holds up a
 * redirect. The worker starts with the first question; after a crash the next one starts another.
 */
export const readInWorker = (path: string): Reader => {
  let worker: StatisticsWorker | null = null
  let asked = 0
  const waiting = new Map<number, Waiting>()

  const fail = (message: string) => {
    for (const { reject } of waiting.values()) reject(new Error(message))
    waiting.clear()
    worker?.terminate()
    worker = null
  }

  const receive = ({ data }: MessageEvent<Reply>) => {
    const one = waiting.get(data.id)
    waiting.delete(data.id)
    if (waiting.size === 0) worker?.unref()
    if ('error' in data) one?.reject(new Error(data.error))
    else one?.resolve(data.answers)
  }

  const start = () => {
    const started = new Worker(new URL(workerFile, import.meta.url)) as StatisticsWorker
    started.addEventListener('message', receive)
    started.addEventListener('error', ({ message }) => fail(`the statistics worker: ${message}`))
    started.postMessage({ open: path })
    return started
  }

  const ask = (questions: readonly Question[]) =>
    new Promise<unknown[]>((resolve, reject) => {
      worker ??= start()
      worker.ref()
      const id = ++asked
      waiting.set(id, { resolve, reject })
      worker.postMessage({ id, questions })
    })

  return {
    ask: ask as Ask,
    close: async () => fail('the program is stopping'),
  }
}
