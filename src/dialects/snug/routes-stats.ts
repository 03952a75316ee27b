import { type DialectContext, serveDialect } from '../../api'
import { snug } from './dialect'
import { idParams, listOf, pageQuery } from './schema'
import * as schema from './schema-stats'
import * as links from './view-links'
import * as view from './view-stats'

/** Statistics of a link and of many, and the log of clicks. */
export const statsRoutes = (context: DialectContext) => {
  const { stats } = context.core
  return serveDialect(snug, context)
    .get(
      '/api/snug/v1/links/:id/stats',
      async function getLinksByIdStats({ caller, params, query }) {
        const wish = view.wish(query, { linkId: params.id, links: {} })
        return view.stats(caller, await stats.report(caller, wish), context.core)
      },
      {
        params: idParams,
        query: schema.linkStatsQuery,
        response: { 200: schema.stats },
        detail: { 'x-link': true, summary: 'Statistics of one link' },
      },
    )
    .get(
      '/api/snug/v1/stats',
      async function getStats({ caller, query }) {
        const { campaign, campaignId = campaign } = query
        const many = links.filter({ ...query, campaignId })
        const one = query.link === undefined ? {} : { linkId: query.link }
        const wish = view.wish(query, { ...one, links: many })
        return view.stats(caller, await stats.report(caller, wish), context.core)
      },
      {
        query: schema.statsQuery,
        response: { 200: schema.stats },
        detail: { summary: 'Statistics of all links, or of those that the filters find' },
      },
    )
    .get(
      '/api/snug/v1/links/:id/clicks',
      async function getLinksByIdClicks({ caller, params, query: { page, limit } }) {
        const { clicks, total } = await stats.newest(caller, params.id, { page, limit })
        return { data: clicks.map(view.click), page, limit, total }
      },
      {
        params: idParams,
        query: pageQuery,
        response: { 200: listOf(schema.click) },
        detail: {
          'x-link': true,
          summary: 'Clicks of a link, newest first; the newest 10,000, older ones by export',
        },
      },
    )
}
