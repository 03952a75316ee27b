import type { Connection } from '../engine/connect'
import type { Queries, Query, QueryName } from '.'
import { answerAccounts } from './accounts'
import { answerBreakdown } from './breakdown'
import { answerCampaigns } from './campaigns'
import { answerLinkIds, answerLinks, answerLinksOf } from './link-list'
import { answerLog, answerRecent } from './log'
import { answerHours, answerSeries } from './time-line'
import { answerTopLinks } from './top-links'
import { answerTotals } from './totals'

type Db = Connection['db']

/** Answers one question on a connection; several in one read transaction see one snapshot. */
export const answer = <N extends QueryName>(db: Db, question: Query<N>): Queries[N]['answer'] => {
  const answerer = answerers[question.ask] as (db: Db, input: unknown) => Queries[N]['answer']
  return answerer(db, question)
}

const answerers: {
  [N in QueryName]: (db: Db, input: Queries[N]['input']) => Queries[N]['answer']
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
  linksOf: answerLinksOf,
  campaigns: answerCampaigns,
  accounts: answerAccounts,
}
