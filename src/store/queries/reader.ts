import type { Connection } from '../engine/connect'
import { type DatabaseLocation, inThread } from '../engine/thread'
import type { Answers, Query, RunQueries } from '.'
import { answer } from './answer'

export type Reader = { ask: RunQueries; close: () => void }

/** Answers in place, for a memory database: no second thread could open it. */
export const readInPlace = ({ db }: Connection): Reader => ({
  async ask(questions) {
    return questions.map((question) => answer(db, question)) as Answers<typeof questions>
  },
  close: () => {},
})

const start = (place: DatabaseLocation) =>
  inThread<{ ask: (questions: readonly Query[]) => unknown[] }>('queries/reader.worker', place)

/**
 * Answers in threads with read-only connections: a long question never holds up a redirect. There are
 * two, the second one started when it is needed, so that it does not hold up the short ones either.
 */
export const readInThread = (place: DatabaseLocation): Reader => {
  const [one, other] = [start(place), start(place)]
  return {
    ask: ((questions: readonly Query[]) =>
      (other.underWay() < one.underWay() ? other : one).call('ask', questions)) as RunQueries,
    close: () => {
      for (const { end } of [one, other]) end('the program is stopping')
    },
  }
}
