import {
  type CountedLink,
  type Dimension,
  dimensions,
  type Filter,
  type HourShare,
  type LinkShare,
  type LoggedClick,
  type Point,
  type Share,
  type Step,
  type Totals,
} from '../../store'
import { day } from '../../time'
import type { Caller } from '../caller'
import type { CoreContext } from '../context'
import { Fault } from '../fault'
import { accountOf } from '../links/create'
import { refuse } from '../links/draft'
import { findLinkFor } from '../links/edit'
import { findLinkIds, type LinkFilter, scopeOf } from '../links/list'
import { fillGaps, previous, type Span, stepFor } from './series'

/** What statistics can be split by: dimensions of clicks, hours of the day, links. */
export type Breakdown = Dimension | 'hour' | 'link'

/** What is asked of statistics. */
export type StatsQuery = {
  /** one link; unset: all that the filter finds */
  linkId?: number
  links: LinkFilter
  /** unset: 30 days before `to` */
  from?: Date
  /** excluded; unset: now */
  to?: Date
  where: NonNullable<Filter['where']>
  bots?: 'only' | 'none'
  offsetMinutes: number
  /** unset: as it suits the span */
  step?: Step
  breakdowns: readonly Breakdown[]
  /** rows of a split */
  limit: number
}

/** Everything that was asked for, counted from one snapshot. */
export type StatsReport = {
  span: Span
  step: Step
  totals: Totals
  previous: Totals
  series: Point[]
  shares: { [D in Dimension]?: Share[] }
  /** null: not asked for */
  hours: HourShare[] | null
  topLinks: { counted: CountedLink; clicks: number; lastAt: number }[] | null
}

const month = 30 * day

/** Newest clicks that can be paged through. */
const deepest = 10_000

/** What every plan includes; the others need `fullStats`. */
const freeSplits: readonly Breakdown[] = ['country', 'referrer']

/** Statistics of one link or of many, with every filter. */
export const linkStats = (core: Pick<CoreContext, 'store' | 'clock' | 'plans'>) => {
  const { store, clock, plans } = core
  async function scopeFor(caller: Caller, links: LinkFilter): Promise<Filter['scope']> {
    const { account, ...narrowing } = links
    if (Object.values(narrowing).some((value) => value !== undefined))
      return { links: await findLinkIds(core, caller, links) }
    const scope = scopeOf(caller, account)
    return scope === null ? 'all' : { owner: scope }
  }

  async function mustInclude(caller: Caller, splits: readonly Breakdown[]) {
    const extra = splits.some((split) => !freeSplits.includes(split))
    if (extra && !(await plans.of(accountOf(caller))).fullStats)
      throw new Fault('plan_required', { capability: 'fullStats' })
  }

  async function filterFor(
    caller: Caller,
    wish: StatsQuery,
    one: CountedLink | null,
  ): Promise<Filter> {
    return {
      scope: one === null ? await scopeFor(caller, wish.links) : { links: [one.link.id] },
      ...(wish.bots === undefined ? {} : { bots: wish.bots }),
      ...(Object.keys(wish.where).length === 0 ? {} : { where: wish.where }),
    }
  }

  /** Totals kept for ever answer for a whole life, even where single clicks are forgotten by now. */
  const isWholeLife = (counted: CountedLink | null, { from }: Span, { to }: StatsQuery) =>
    counted !== null && to === undefined && from <= counted.link.createdAt.getTime()

  /** Links counted within a span, each with its row and running totals. */
  async function withLinks(top: readonly LinkShare[]) {
    const found = await Promise.all(
      top.map(async ({ linkId, ...counts }) => {
        const counted = await store.links.counted(linkId)
        return counted === null ? [] : [{ counted, ...counts }]
      }),
    )
    return found.flat()
  }

  return {
    withLinks,

    /** Clicks of a link, newest first, a page of the newest 10,000. Faults: `link_missing`, `input_invalid`. */
    async newest(
      caller: Caller,
      linkId: number,
      { page, limit }: { page: number; limit: number },
    ): Promise<{ clicks: LoggedClick[]; total: number }> {
      await findLinkFor(core, caller, linkId, 'readStats')
      if (page * limit > deepest)
        refuse('page', `must lie within the newest ${deepest} clicks: older ones come by export`)
      const filter = { scope: { links: [linkId] } }
      const [clicks, { clicks: total }] = await store.ask([
        { ask: 'recent', filter, limit, offset: (page - 1) * limit },
        { ask: 'totals', filter },
      ] as const)
      return { clicks, total }
    },

    /** Answers a wish. Faults: `link_missing`, `plan_required`, `input_invalid`, those of a filter. */
    async report(caller: Caller, wish: StatsQuery): Promise<StatsReport> {
      await mustInclude(caller, wish.breakdowns)
      const span = spanOf(wish, clock.now())
      const counted =
        wish.linkId === undefined ? null : await findLinkFor(core, caller, wish.linkId, 'readStats')
      const filter = await filterFor(caller, wish, counted)
      const within = { ...filter, ...span }
      const step = wish.step ?? stepFor(span)
      const { offsetMinutes, breakdowns } = wish
      const [totals, before, series, ...rest] = await store.ask([
        { ask: 'totals', filter: isWholeLife(counted, span, wish) ? filter : within },
        { ask: 'totals', filter: { ...filter, ...previous(span) } },
        { ask: 'series', filter: within, step, offsetMinutes },
        ...breakdowns.map((split) => questionOf(split, within, wish)),
      ] as const)
      const answerOf = (split: Breakdown) => rest[breakdowns.indexOf(split)]
      return {
        span,
        step,
        totals,
        previous: before,
        series: fillGaps(series, span, step, offsetMinutes),
        shares: Object.fromEntries(
          breakdowns.filter(isDimension).map((by) => [by, answerOf(by) as Share[]]),
        ),
        hours: (answerOf('hour') as HourShare[] | undefined) ?? null,
        topLinks: breakdowns.includes('link')
          ? await withLinks(answerOf('link') as LinkShare[])
          : null,
      }
    },
  }
}

const isDimension = (split: Breakdown): split is Dimension => split in dimensions

const questionOf = (split: Breakdown, filter: Filter, { offsetMinutes, limit }: StatsQuery) => {
  if (split === 'hour') return { ask: 'hours', filter, offsetMinutes } as const
  if (split === 'link') return { ask: 'topLinks', filter, limit } as const
  return { ask: 'breakdown', filter, by: split, limit } as const
}

/** The span that is asked for. Fault: `input_invalid`. */
const spanOf = ({ from, to }: StatsQuery, now: number): Span => {
  for (const [field, date] of Object.entries({ from, to }))
    if (date !== undefined && Number.isNaN(date.getTime()))
      refuse(field, 'must be an ISO date, or a date and time')
  const end = to?.getTime() ?? now + 1
  const start = from?.getTime() ?? end - month
  return start < end ? { from: start, to: end } : refuse('to', 'must be after from')
}
