import type { Connection } from './connect'
import type { Answers, Ask, Question } from './questions'
import { answer } from './questions/answer'
import { inThread, type Place } from './thread'

export type Reader = { ask: Ask; close: () => void }

/** Answers in place, for a memory database: no second thread could open it. */
export const readInPlace = ({ db }: Connection): Reader => ({
  ask: async (questions) =>
    questions.map((question) => answer(db, question)) as Answers<typeof questions>,
  close: () => {},
})

/** Answers in a thread with a read-only connection: a long question never holds up a redirect. */
export const readInThread = (place: Place): Reader => {
  const { call, end } = inThread<{ ask: (questions: readonly Question[]) => unknown[] }>(
    'reader.worker',
    place,
    { smol: true }, // what an export of a million rows leaves behind is collected early
  )
  return {
    ask: ((questions: readonly Question[]) => call('ask', questions)) as Ask,
    close: () => end('the program is stopping'),
  }
}
