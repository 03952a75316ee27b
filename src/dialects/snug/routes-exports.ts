import { t } from 'elysia'
import { type DialectContext, download, serveDialect } from '../../api'
import { findExportableLinkById, readAllLinks } from '../../core'
import { formats } from '../../export'
import { snug } from './dialect'
import { idParams, oneOf } from './schema'
import { linkFilter } from './schema-links'
import * as linkView from './view-links'
import * as clickView from './view-stats'

const asFile = (description: string) => ({
  200: { description, content: { 'application/octet-stream': {} } },
})

/** Links and clicks as files, made while they are sent. */
export const exportRoutes = (context: DialectContext) => {
  const { core } = context
  const { stats } = core
  return serveDialect(snug, context)
    .get(
      '/api/snug/v1/links/:id/export',
      async function getLinksByIdExport({ caller, params, query, request, route }) {
        const { mime, extension, encode } = formats[query.format]
        const simple = query.format === 'csv'
        const link = await findExportableLinkById(core, caller, params.id, { simple })
        const pieces = encode(clickView.clickTable(stats.log(link.id)))
        const name = `clicks-${link.code}.${extension}`
        return download(context, { request, route }, { name, mime, pieces })
      },
      {
        params: idParams,
        query: t.Object({ format: oneOf(['csv', 'json', 'xml', 'xlsx']) }),
        detail: {
          'x-link': true,
          summary: 'All clicks of a link as a file; formats beside CSV as the plan says',
          responses: asFile('The clicks, oldest first'),
        },
      },
    )
    .get(
      '/api/snug/v1/links/export',
      function getLinksExport({ caller, query, request, route }) {
        const { mime, extension, encode } = formats[query.format]
        const pages = readAllLinks(core, caller, linkView.filter(query))
        const pieces = encode(linkView.linkTable(caller, pages, context.core))
        return download(context, { request, route }, { name: `links.${extension}`, mime, pieces })
      },
      {
        query: t.Object({ ...linkFilter, format: oneOf(['csv', 'json']) }),
        detail: {
          summary: 'All links that the filters find as a file',
          responses: asFile('The links, oldest first'),
        },
      },
    )
}
