import { type DialectContext, serveDialect } from '../../api'
import { snug } from './dialect'
import * as schema from './schema-blocklist'
import * as view from './view-blocklist'

/** What nobody may link to, kept by administrators. */
export const blocklistRoutes = (context: DialectContext) => {
  const { admin } = context.core
  return serveDialect(snug, context)
    .get(
      '/api/snug/v1/blocklist',
      async function getBlocklist({ caller }) {
        return view.blocklist(await admin.blocklist(caller))
      },
      {
        response: { 200: schema.blocklist },
        detail: { summary: 'Your own entries, and how the lists from elsewhere stand' },
      },
    )
    .put(
      '/api/snug/v1/blocklist',
      async function putBlocklist({ body, caller }) {
        await admin.changeBlocklist(caller, body.entries)
        return view.blocklist(await admin.blocklist(caller))
      },
      {
        body: schema.blocklistBody,
        response: { 200: schema.blocklist },
        detail: { summary: 'Put entries in the place of your own earlier ones' },
      },
    )
}
