import type { Dimension, Filter, NewClick, Step, Totals } from '../../src/store'
import { dayOf } from '../../src/store'

/** A link as the oracle needs it. */
export type KnownLink = { id: number; ownerId: number; boundTo: number | null; deleted: boolean }

const day = 86_400_000

/** Answers questions about clicks the plain way: all of them in memory, nothing kept, nothing clever. */
export const oracle = (clicks: readonly NewClick[], links: readonly KnownLink[]) => {
  const inScope = (scope: Filter['scope'], linkId: number) => {
    if (scope === 'all') return true
    if ('links' in scope) return scope.links.includes(linkId)
    const link = links.find(({ id }) => id === linkId)
    if (link === undefined || link.deleted) return false
    if ('owner' in scope) return link.ownerId === scope.owner
    return [link.ownerId, link.boundTo].includes(scope.account)
  }

  const textOf = (click: NewClick, by: Dimension): string | null => {
    if (by === 'referrer') return click.referrer.origin
    return by === 'referrerDomain' ? click.referrer.domain : click[by]
  }

  const matching = ({ scope, from = -Infinity, to = Infinity, bots, where = {} }: Filter) =>
    clicks.filter(
      (click) =>
        inScope(scope, click.linkId) &&
        click.at >= from &&
        click.at < to &&
        (bots === undefined || (bots === 'only') === (click.bot !== null)) &&
        Object.entries(where).every(([by, text]) => textOf(click, by as Dimension) === text),
    )

  /** A visitor is counted once a UTC day and link. */
  const visitorsOf = (some: readonly NewClick[]) =>
    new Set(
      some
        .filter(({ visitor }) => visitor !== null)
        .map(({ linkId, at, visitor }) => `${linkId} ${dayOf(at)} ${visitor}`),
    ).size

  return {
    totals: (filter: Filter): Totals => {
      const some = matching(filter)
      return {
        clicks: some.length,
        visitors: visitorsOf(some),
        bots: some.filter(({ bot }) => bot !== null).length,
        redirectUs: some.reduce((sum, { redirectUs }) => sum + redirectUs, 0),
        lastAt: some.length === 0 ? null : Math.max(...some.map(({ at }) => at)),
      }
    },

    series: (filter: Filter, step: Step, offsetMinutes: number) =>
      [...Map.groupBy(matching(filter), ({ at }) => stepStart(at, step, offsetMinutes))]
        .map(([start, some]) => ({ start, clicks: some.length, visitors: visitorsOf(some) }))
        .sort((a, b) => a.start - b.start),

    breakdown: (filter: Filter, by: Dimension, limit: number) =>
      [...Map.groupBy(matching(filter), (click) => textOf(click, by))]
        .flatMap(([value, some]) => (value === null ? [] : [{ value, clicks: some.length }]))
        .sort((a, b) => b.clicks - a.clicks || (a.value < b.value ? -1 : 1))
        .slice(0, limit),

    hours: (filter: Filter, offsetMinutes: number) =>
      [
        ...Map.groupBy(matching(filter), ({ at }) =>
          new Date(at + offsetMinutes * 60_000).getUTCHours(),
        ),
      ]
        .map(([hour, some]) => ({ hour, clicks: some.length }))
        .sort((a, b) => a.hour - b.hour),

    topLinks: (filter: Filter, limit: number) =>
      [...Map.groupBy(matching(filter), ({ linkId }) => linkId)]
        .map(([linkId, some]) => ({
          linkId,
          clicks: some.length,
          lastAt: Math.max(...some.map(({ at }) => at)),
        }))
        .sort((a, b) => b.clicks - a.clicks || a.linkId - b.linkId)
        .slice(0, limit),

    /** Newest first; of one link and millisecond, the one stored last. */
    recent: (filter: Filter, limit: number, offset: number) =>
      matching(filter)
        .map((click, order) => ({ click, order }))
        .sort(
          (a, b) => b.click.at - a.click.at || b.click.linkId - a.click.linkId || b.order - a.order,
        )
        .slice(offset, offset + limit)
        .map(({ click: { referrer, visitor: _, redirectUs: __, ...rest } }) => ({
          ...rest,
          referrer: referrer.origin,
        })),
  }
}

/** Where a step begins, found by walking the calendar rather than by arithmetic. */
const stepStart = (at: number, step: Step, offsetMinutes: number): number => {
  const offset = offsetMinutes * 60_000
  const local = new Date(at + offset)
  if (step === 'hour') local.setUTCMinutes(0, 0, 0)
  else local.setUTCHours(0, 0, 0, 0)
  if (step === 'month') local.setUTCDate(1)
  while (step === 'week' && local.getUTCDay() !== 1) local.setTime(local.getTime() - day)
  return local.getTime() - offset
}
