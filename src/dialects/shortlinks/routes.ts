import { type DialectContext, guestCookie, guestSecretOf, serveDialect } from '../../api'
import { createLink } from '../../core'
import { shortlinks } from './dialect'
import * as schema from './schema'
import * as view from './view'

/** The path of the shortlinks dialect. */
export const shortlinksRoutes = (context: DialectContext) => {
  const { core } = context
  const { guestLinks } = core
  return serveDialect(shortlinks, context).post(
    '/api/shortlinks',
    async function postShortlinks({ body, caller, request, set }) {
      const draft = { destination: body.url, code: body.slug ?? null }
      if (caller.account !== null)
        return view.ofAccount(await createLink(core, caller, draft), caller.account)
      const known = guestSecretOf(request, caller.origin)
      const { link, secret } = await guestLinks.create(caller, known, draft)
      if (secret !== null) set.headers['Set-Cookie'] = guestCookie(secret, caller.origin)
      return view.ofGuest(link)
    },
    {
      body: schema.linkBody,
      response: { 200: schema.linkMade },
      detail: { summary: 'Create a short link' },
    },
  )
}
