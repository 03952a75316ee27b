import { type DialectContext, serveDialect } from '../../api'
import {
  checkCode,
  createLink,
  deleteLinkById,
  editLink,
  findLinkById,
  searchLinks,
} from '../../core'
import { snug } from './dialect'
import { deleted, idParams, listOf } from './schema'
import * as schema from './schema-links'
import * as view from './view-links'

/** Links, one by one and listed. */
export const linkRoutes = (context: DialectContext) => {
  const { core } = context

  return serveDialect(snug, context)
    .post(
      '/api/snug/v1/links',
      async function postLinks({ body, caller, status }) {
        const made = await createLink(core, caller, {
          ...view.draft(body),
          destination: body.destination,
        })
        return status(201, view.link(caller, view.fresh(made), context.core))
      },
      {
        body: schema.linkBody,
        response: { 201: schema.link },
        detail: { summary: 'Make a link', 'x-faults': ['passwords_busy'] },
      },
    )
    .get(
      '/api/snug/v1/links',
      async function getLinks({ caller, query }) {
        const { page, limit } = query
        const asked = { sort: view.sort(query.sort), page, limit }
        const { rows, total } = await searchLinks(core, caller, view.filter(query), asked)
        const data = rows.map((row) => view.link(caller, row, context.core))
        return { data, page, limit, total }
      },
      {
        query: schema.linkQuery,
        response: { 200: listOf(schema.link) },
        detail: { summary: 'Find links; deleted ones only with `state=deleted`' },
      },
    )
    .get(
      '/api/snug/v1/links/check',
      async function getLinksCheck({ caller, query: { code, domainId } }) {
        const verdict = await checkCode(core, caller, domainId ?? '', code)
        return { code, verdict, available: verdict === 'free' }
      },
      {
        query: schema.checkQuery,
        response: { 200: schema.checked },
        detail: { summary: 'Whether a code could be had' },
      },
    )
    .get(
      '/api/snug/v1/links/:id',
      async function getLinksById({ caller, params }) {
        return view.link(caller, await findLinkById(core, caller, params.id), context.core)
      },
      {
        params: idParams,
        response: { 200: schema.link },
        detail: { 'x-link': true, summary: 'One link, also a deleted one' },
      },
    )
    .patch(
      '/api/snug/v1/links/:id',
      async function patchLinksById({ body, caller, params }) {
        return view.link(
          caller,
          await editLink(core, caller, params.id, view.draft(body)),
          context.core,
        )
      },
      {
        body: schema.linkPatch,
        params: idParams,
        response: { 200: schema.link },
        detail: {
          'x-link': true,
          summary: 'Change a link: what is absent stays, null empties',
          'x-faults': ['passwords_busy'],
        },
      },
    )
    .delete(
      '/api/snug/v1/links/:id',
      async function deleteLinksById({ caller, params }) {
        await deleteLinkById(core, caller, params.id)
        return { deleted: true as const }
      },
      {
        params: idParams,
        response: { 200: deleted },
        detail: { 'x-link': true, summary: 'Delete a link: from the next visit on it answers 410' },
      },
    )
}
