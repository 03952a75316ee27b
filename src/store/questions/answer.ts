import { asc, count, countDistinct, desc, max, sql, sum } from 'drizzle-orm'
import type { Connection } from '../connect'
import { clicks, linkTotals } from '../schema'
import type { Filter, Question, QuestionName, Questions, Totals } from '.'
import { answerBreakdown } from './breakdown'
import { inScope, isWhole, matching } from './filter'
import { answerLinkIds, answerLinks } from './link-list'
import { answerLog, answerRecent } from './log'
import { answerHours, answerSeries, orNone } from './time-line'

type Db = Connection['db']
type Answerers = {
  [N in QuestionName]: (db: Db, input: Questions[N]['input']) => Questions[N]['answer']
}

/** Answers one question on a connection; several in one read transaction see one snapshot. */
export const answer = <N extends QuestionName>(
  db: Db,
  question: Question<N>,
): Questions[N]['answer'] => {
  const answerer = answerers[question.ask] as (db: Db, input: unknown) => Questions[N]['answer']
  return answerer(db, question)
}

const totals = (db: Db, { filter }: { filter: Filter }): Totals => {
  const found = isWhole(filter) ? runningTotals(db, filter) : countedTotals(db, filter)
  return found ?? { clicks: 0, visitors: 0, bots: 0, redirectUs: 0, lastAt: null }
}

const runningTotals = (db: Db, { scope }: Filter) =>
  db
    .select({
      clicks: orNone(sum(linkTotals.clicks)),
      visitors: orNone(sum(linkTotals.visitors)),
      bots: orNone(sum(linkTotals.bots)),
      redirectUs: orNone(sum(linkTotals.redirectUs)),
      lastAt: max(linkTotals.lastAtMs),
    })
    .from(linkTotals)
    .where(inScope(db, scope, linkTotals.linkId))
    .get()

/** Grouped by link first: clicks lie in that order, and visitors are counted once a day and link. */
const countedTotals = (db: Db, filter: Filter) => {
  const byLink = db
    .select({
      clicks: count().as('clicks'),
      visitors: countDistinct(clicks.visitor).as('visitors'),
      bots: sql<number>`sum(${clicks.bot} > 0)`.as('bots'),
      redirectUs: sum(clicks.redirectUs).as('redirect_us'),
      lastAt: max(clicks.atMs).as('last_at'),
    })
    .from(clicks)
    .where(matching(db, filter))
    .groupBy(clicks.linkId)
    .as('by_link')
  return db
    .select({
      clicks: orNone(sum(byLink.clicks)),
      visitors: orNone(sum(byLink.visitors)),
      bots: orNone(sum(byLink.bots)),
      redirectUs: orNone(sum(byLink.redirectUs)),
      lastAt: sql<number | null>`max(${byLink.lastAt})`,
    })
    .from(byLink)
    .get()
}

const topLinks = (db: Db, { filter, limit }: Questions['topLinks']['input']) => {
  if (isWhole(filter))
    return db
      .select({
        linkId: linkTotals.linkId,
        clicks: linkTotals.clicks,
        lastAt: linkTotals.lastAtMs,
      })
      .from(linkTotals)
      .where(inScope(db, filter.scope, linkTotals.linkId))
      .orderBy(desc(linkTotals.clicks), asc(linkTotals.linkId))
      .limit(limit)
      .all()
  return db
    .select({ linkId: clicks.linkId, clicks: count(), lastAt: sql<number>`max(${clicks.atMs})` })
    .from(clicks)
    .where(matching(db, filter))
    .groupBy(clicks.linkId)
    .orderBy(desc(count()), asc(clicks.linkId))
    .limit(limit)
    .all()
}

const answerers: Answerers = {
  totals,
  series: answerSeries,
  breakdown: answerBreakdown,
  hours: answerHours,
  topLinks,
  recent: answerRecent,
  log: answerLog,
  links: answerLinks,
  linkIds: answerLinkIds,
}
