import { type DialectContext, itemValidator, serveDialect } from '../../api'
import { createLinks, type Draft, deleteLinks, editLinks, type Fault, inSlices } from '../../core'
import { snug } from './dialect'
import * as schema from './schema-links'
import * as view from './view-links'

/** Many links at once. */
export const bulkRoutes = (context: DialectContext) => {
  const { core } = context

  const read = itemValidator(schema.linkItem)
  return serveDialect(snug, context)
    .post(
      '/api/snug/v1/links/bulk',
      async function postLinksBulk({ body, caller, request, status }) {
        context.disableTimeout(request) // passwords take their time
        const drafts: (Draft | Fault)[] = []
        await inSlices(body.links, (item) => {
          const one = read(item)
          drafts.push(
            'fault' in one
              ? one.fault
              : { ...view.draft(one.item), destination: one.item.destination },
          )
        })
        const answer = await view.made(
          caller,
          await createLinks(core, caller, drafts),
          context.core,
        )
        return answer.created.length > 0 ? status(201, answer) : answer
      },
      {
        body: schema.bulkBody,
        response: { 200: schema.bulkMade, 201: schema.bulkMade },
        detail: {
          summary:
            'Make up to 1,000 links, each made or refused on its own; 200 when none was made',
        },
      },
    )
    .patch(
      '/api/snug/v1/links/bulk',
      async function patchLinksBulk({ body: { ids, ...edit }, caller }) {
        return view.changed(await editLinks(core, caller, ids, edit))
      },
      {
        body: schema.bulkPatch,
        response: { 200: schema.bulkChanged },
        detail: { summary: 'Tag, move or switch up to 1,000 links' },
      },
    )
    .post(
      '/api/snug/v1/links/bulk/delete',
      async function postLinksBulkDelete({ body, caller }) {
        return view.changed(await deleteLinks(core, caller, body.ids))
      },
      {
        body: schema.bulkDelete,
        response: { 200: schema.bulkChanged },
        detail: { summary: 'Delete up to 1,000 links' },
      },
    )
}
