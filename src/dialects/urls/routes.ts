import { type DialectContext, serveDialect } from '../../api'
import { accountOf, createLink, deleteLinkByCode, findOwnLink } from '../../core'
import { urls } from './dialect'
import * as schema from './schema'
import * as view from './view'

/** The paths of the urls dialect, in full, as its document prints them. */
export const urlsRoutes = (context: DialectContext) => {
  const { core } = context
  const { stats, keys, keyUses } = core
  return serveDialect(urls, context)
    .post(
      '/api/urls',
      async function postUrls({ body, caller }) {
        return view.shortened(await createLink(core, caller, { destination: body.url }))
      },
      {
        body: schema.shortenBody,
        response: { 200: schema.shortened },
        detail: { summary: 'Create a shortened URL' },
      },
    )
    .post(
      '/api/urls/create',
      async function postUrlsCreate({ body, caller }) {
        const code = body.shortCode ?? null
        return view.created(caller, await createLink(core, caller, { destination: body.url, code }))
      },
      {
        body: schema.createBody,
        response: { 200: schema.created },
        detail: { summary: 'Create a shortened URL with optional custom code' },
      },
    )
    .get(
      '/api/urls/:code',
      async function getUrlsByCode({ params, caller }) {
        const link = await findOwnLink(core, caller, params.code)
        const filter = { scope: { links: [link.id] } }
        const [{ clicks }] = await stats.ask([{ ask: 'totals', filter }] as const)
        return view.details(link, clicks)
      },
      {
        response: { 200: schema.details },
        detail: { 'x-link': true, summary: 'Get URL information' },
      },
    )
    .delete(
      '/api/urls/:code',
      async function deleteUrlsByCode({ params, caller }) {
        await deleteLinkByCode(core, caller, params.code)
        return view.deleted
      },
      {
        response: { 200: schema.deleted },
        detail: { 'x-link': true, summary: 'Delete a shortened URL' },
      },
    )
    .get(
      '/api/keys',
      async function getKeys({ caller }) {
        return view.keys(await keys.all(accountOf(caller)), keyUses.unstored)
      },
      {
        response: { 200: schema.keys },
        detail: { summary: 'List all API keys for the authenticated user' },
      },
    )
    .post(
      '/api/keys',
      async function postKeys({ caller }) {
        const { key, secret } = await keys.mint(accountOf(caller), { revealable: true })
        return view.minted(key, secret)
      },
      {
        response: { 200: schema.minted },
        detail: { summary: 'Generate a new API key', 'x-faults': ['keys_full'] },
      },
    )
    .delete(
      '/api/keys/:key',
      async function deleteKeysByKey({ params, caller }) {
        await keys.removeNamed(accountOf(caller), params.key)
        return view.deleted
      },
      { response: { 200: schema.deleted }, detail: { summary: 'Delete an API key' } },
    )
}
