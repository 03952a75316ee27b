import type { Connection } from '../connect'
import type { Question, QuestionName, Questions } from '.'
import { answerAccounts } from './accounts'
import { answerBreakdown } from './breakdown'
import { answerCampaigns } from './campaigns'
import { answerLinkIds, answerLinks } from './link-list'
import { answerLog, answerRecent } from './log'
import { answerHours, answerSeries } from './time-line'
import { answerTopLinks } from './top-links'
import { answerTotals } from './totals'

type Db = Connection['db']

/** Answers one question on a connection; several in one read transaction see one snapshot. */
export const answer = <N extends QuestionName>(
  db: Db,
  question: Question<N>,
): Questions[N]['answer'] => {
  const answerer = answerers[question.ask] as (db: Db, input: unknown) => Questions[N]['answer']
  return answerer(db, question)
}

const answerers: {
  [N in QuestionName]: (db: Db, input: Questions[N]['input']) => Questions[N]['answer']
} = {
  totals: answerTotals,
  series: answerSeries,
  breakdown: answerBreakdown,
  hours: answerHours,
  topLinks: answerTopLinks,
  recent: answerRecent,
  log: answerLog,
  links: answerLinks,
  linkIds: answerLinkIds,
  campaigns: answerCampaigns,
  accounts: answerAccounts,
}
