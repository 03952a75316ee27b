import { type DialectContext, serveDialect } from '../../api'
import { accountOf, createLink, deleteLinkByCodeOrId, findOwnLink, searchLinks } from '../../core'
import { v1 } from './dialect'
import * as questions from './questions'
import * as schema from './schema'
import * as view from './view'

/** The paths of the v1 dialect, in full, as its document prints them. */
export const v1Routes = (context: DialectContext) => {
  const { core } = context
  const { stats, clock } = core
  return serveDialect(v1, context)
    .post(
      '/api/v1/shorten',
      async function postShorten({ body, caller, status }) {
        const link = await createLink(core, caller, { destination: body.url })
        return status(201, view.created(caller, link))
      },
      {
        body: schema.shortenBody,
        response: { 201: schema.shortened },
        detail: { summary: 'Shorten a URL' },
      },
    )
    .get(
      '/api/v1/urls',
      async function getUrls({ query, caller }) {
        const page = questions.clamped('page', query.page, questions.pages)
        const limit = questions.clamped('limit', query.limit, questions.rows)
        const account = accountOf(caller).id
        const found = await searchLinks(
          core,
          caller,
          { account },
          { ...questions.newest, page, limit },
        )
        const [{ clicks }] = await stats.ask(questions.allClicks(account))
        return view.urls(caller, { ...found, page, limit }, clicks)
      },
      {
        query: schema.urlsQuery,
        response: { 200: schema.urls },
        detail: { summary: 'Your URLs, newest first' },
      },
    )
    .delete(
      '/api/v1/urls',
      function deleteUrls({ caller }) {
        return deleteLinkByCodeOrId(core, caller, '')
      },
      {
        detail: { hide: true }, // documented as an error only: the URL ID is missing
      },
    )
    .delete(
      '/api/v1/urls/:shortCode',
      async function deleteUrlsByShortCode({ params, caller }) {
        await deleteLinkByCodeOrId(core, caller, params.shortCode)
        return view.deleted
      },
      {
        response: { 200: schema.deleted },
        detail: { 'x-link': true, summary: 'Delete a URL you own' },
      },
    )
    .get(
      '/api/v1/analytics/overview',
      async function getAnalyticsOverview({ query, caller }) {
        const span = questions.spanOf(query, clock.now())
        const scope = { account: accountOf(caller).id }
        const answers = await stats.ask(questions.overview({ scope }, span))
        return view.overview(span, await stats.withLinks(answers[8]), answers)
      },
      {
        query: schema.overviewQuery,
        response: { 200: schema.overview },
        detail: { summary: 'Analytics of all your URLs' },
      },
    )
    .get(
      '/api/v1/analytics/:shortCode',
      async function getAnalyticsByShortCode({ params, query, caller }) {
        const link = await findOwnLink(core, caller, params.shortCode)
        const span = questions.spanOf(query, clock.now())
        const limit = questions.clamped('limit', query.limit, questions.shareRows)
        const breakdown = query.dimension === undefined ? null : { by: query.dimension, limit }
        const scope = { links: [link.id] }
        const answers = await stats.ask(questions.analytics({ scope }, span, breakdown))
        return view.analytics(span, breakdown, answers)
      },
      {
        query: schema.analyticsQuery,
        response: { 200: schema.analytics },
        detail: { 'x-link': true, summary: 'Analytics of a URL you created' },
      },
    )
}
