import { t } from 'elysia'
import { type DialectContext, download, guestSecretOf, serveDialect } from '../../api'
import {
  bindLinks,
  findExportableLink,
  findOwnLink,
  findReadableLink,
  type Link,
  requireFullStats,
  searchLinks,
} from '../../core'
import { formats } from '../../export'
import { shorten } from './dialect'
import * as questions from './questions'
import * as schema from './schema'
import * as view from './view'

/** The paths of the shorten dialect, in full, as its document prints them. */
export const shortenRoutes = (context: DialectContext) => {
  const { core } = context
  const { customers, stats, clock } = core
  return serveDialect(shorten, context)
    .post(
      '/api/shorten',
      async function postShorten({ body, caller }) {
        const { link, secret } = await customers.shorten(caller, body.url)
        return view.created(caller, link, secret)
      },
      {
        body: schema.shortenBody,
        response: { 200: schema.shortened },
        detail: { summary: 'Create a new short link' },
      },
    )
    .get(
      '/api/stats/:code',
      async function getStatsByCode({ params, caller }) {
        const { link, plan } = await findReadableLink(core, caller, params.code)
        const scope = { links: [link.id] }
        if (plan?.fullStats !== true)
          return view.freeStats(caller, link, await stats.ask(questions.free({ scope })))
        const lists = await stats.ask(questions.all({ scope }, 0))
        return view.paidStats(caller, link, lists, clock.now())
      },
      {
        response: { 200: t.Union([schema.freeStats, schema.paidStats]) },
        detail: {
          'x-link': true,
          summary: 'Statistics of a link; all of them with a dashboard key',
        },
      },
    )
    .get(
      '/api/dashboard',
      async function getDashboard({ query, caller }) {
        const account = await requireFullStats(core, caller)
        const one = query.link === undefined ? null : await findOwnLink(core, caller, query.link)
        const scope = one === null ? { account: account.id } : { links: [one.id] }
        const filter = questions.filterOf(query, scope)
        const own =
          one === null
            ? await searchLinks(core, caller, { account: account.id }, questions.newest)
            : only(one)
        const lists = await stats.ask([
          ...questions.all(filter, query.tz_offset ?? 0),
          questions.perLink(filter),
        ])
        return view.dashboard(caller, query, own, lists, clock.now())
      },
      {
        query: schema.dashboardQuery,
        response: { 200: schema.dashboard },
        detail: { summary: 'Aggregated analytics across all links in your paid account' },
      },
    )
    .get(
      '/api/export/:code',
      async function getExportByCode({ params, query, caller, request, route }) {
        const { mime, extension, encode } = formats[query.format]
        const simple = query.format === 'csv'
        const link = await findExportableLink(core, caller, params.code, { simple })
        const pieces = encode(view.clickTable(stats.log(link.id)))
        const name = `clicks-${link.code}.${extension}`
        return download(context, { request, route }, { name, mime, pieces })
      },
      {
        query: schema.exportQuery,
        detail: { 'x-link': true, summary: 'Export click data for a link' },
      },
    )
    .post(
      '/api/bind',
      async function postBind({ body, caller, request }) {
        const guest = guestSecretOf(request, caller.origin)
        return view.bound(await bindLinks(core, caller, body.link_codes, guest))
      },
      {
        body: schema.bindBody,
        response: { 200: schema.bound },
        detail: { summary: 'Add existing links to your dashboard account by their short codes' },
      },
    )
}

const only = (link: Link) => ({ rows: [{ link }], total: 1 })
