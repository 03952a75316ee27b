import { type DialectContext, itemValidator, serveDialect } from '../../api'
import { createLink, createLinks } from '../../core'
import { links } from './dialect'
import * as schema from './schema'
import * as view from './view'

/** The paths of the links dialect, in full, as its document prints them. */
export const linksRoutes = (context: DialectContext) => {
  const { core } = context
  const { guestLinks } = core
  const read = itemValidator(schema.linkBody)
  return serveDialect(links, context)
    .post(
      '/api/links',
      async function postLinks({ body, caller, status }) {
        return status(201, view.made(caller, await createLink(core, caller, view.draft(body))))
      },
      {
        body: schema.linkBody,
        response: { 201: schema.linkMade },
        detail: { summary: 'Create an authenticated link', 'x-faults': ['passwords_busy'] },
      },
    )
    .post(
      '/api/links/guest',
      async function postLinksGuest({ body, caller, status }) {
        const { link } = await guestLinks.create(caller, null, view.guestDraft(body))
        return status(201, view.made(caller, link))
      },
      {
        body: schema.guestBody,
        response: { 201: schema.linkMade },
        detail: {
          summary: 'Create a temporary link without a key; it is deleted within 7 days',
          'x-faults': ['passwords_busy'],
        },
      },
    )
    .post(
      '/api/links/bulk',
      async function postLinksBulk({ body, caller, request, status }) {
        context.disableTimeout(request) // passwords take their time
        const drafts = body.links.map((item) => {
          const one = read(item)
          return 'fault' in one ? one.fault : view.draft(one.item)
        })
        const data = view.bulkData(caller, body.links, await createLinks(core, caller, drafts))
        return data.created.length > 0
          ? status(201, view.bulkMade(data))
          : status(400, view.bulkRefused(data))
      },
      {
        body: schema.bulkBody,
        response: { 201: schema.bulkMade, 400: schema.bulkRefused },
        detail: { summary: 'Import up to 100 links at a time, each on its own; for sign-ins only' },
      },
    )
}
