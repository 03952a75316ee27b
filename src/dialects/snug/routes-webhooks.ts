import { t } from 'elysia'
import { type DialectContext, serveDialect } from '../../api'
import { snug } from './dialect'
import { accountQuery, deleted, idParams, listOf, pageQuery, wholeListOf } from './schema'
import * as schema from './schema-webhooks'
import * as view from './view-webhooks'

const one = { params: idParams, query: accountQuery }

/** Webhooks: of one's own, or for administrators of the account they name. */
export const webhookRoutes = (context: DialectContext) => {
  const { webhooks, subjectOf } = context.core
  return serveDialect(snug, context)
    .get(
      '/api/snug/v1/webhooks',
      async function getWebhooks({ caller, query }) {
        return {
          data: (await webhooks.all(await subjectOf(caller, query.account))).map(view.webhook),
        }
      },
      {
        query: accountQuery,
        response: { 200: wholeListOf(schema.webhook) },
        detail: { summary: 'The account’s webhooks, oldest first' },
      },
    )
    .post(
      '/api/snug/v1/webhooks',
      async function postWebhooks({ body, caller, query, status }) {
        const subject = await subjectOf(caller, query.account)
        const { webhook, secret } = await webhooks.create(subject, body)
        return status(201, { ...view.webhook(webhook), secret })
      },
      {
        body: schema.webhookBody,
        query: accountQuery,
        response: { 201: schema.newWebhook },
        detail: { summary: 'Make a webhook; the only answer that holds its secret' },
      },
    )
    .get(
      '/api/snug/v1/webhooks/:id',
      async function getWebhooksById({ caller, params, query }) {
        return view.webhook(await webhooks.own(await subjectOf(caller, query.account), params.id))
      },
      { ...one, response: { 200: schema.webhook }, detail: { summary: 'One webhook' } },
    )
    .patch(
      '/api/snug/v1/webhooks/:id',
      async function patchWebhooksById({ body, caller, params, query }) {
        const subject = await subjectOf(caller, query.account)
        return view.webhook(await webhooks.patch(subject, params.id, body))
      },
      {
        ...one,
        body: schema.webhookPatch,
        response: { 200: schema.webhook },
        detail: { summary: 'Change a webhook, or switch it off' },
      },
    )
    .delete(
      '/api/snug/v1/webhooks/:id',
      async function deleteWebhooksById({ caller, params, query }) {
        await webhooks.remove(await subjectOf(caller, query.account), params.id)
        return { deleted: true as const }
      },
      { ...one, response: { 200: deleted }, detail: { summary: 'Delete a webhook and its log' } },
    )
    .get(
      '/api/snug/v1/webhooks/:id/deliveries',
      async function getWebhooksByIdDeliveries({ caller, params, query }) {
        const subject = await subjectOf(caller, query.account)
        const { rows, total } = await webhooks.deliveries(subject, params.id, query)
        return { data: rows.map(view.delivery), page: query.page, limit: query.limit, total }
      },
      {
        params: idParams,
        query: t.Object({ ...pageQuery.properties, ...accountQuery.properties }),
        response: { 200: listOf(schema.delivery) },
        detail: { summary: 'What was sent to it, newest first' },
      },
    )
    .post(
      '/api/snug/v1/webhooks/:id/test',
      async function postWebhooksByIdTest({ caller, params, query }) {
        await webhooks.test(await subjectOf(caller, query.account), params.id)
        return { queued: true as const }
      },
      {
        ...one,
        response: { 200: schema.queued },
        detail: { summary: 'Send it a message that says only that it is a test' },
      },
    )
}
