import { type DialectContext, serveDialect } from '../../api'
import { snug } from './dialect'
import * as schema from './schema-session'
import { account } from './view-accounts'

/** The first administrator, made by whoever holds the link that the server printed. */
export const setUpRoutes = (context: DialectContext) =>
  serveDialect(snug, context).post(
    '/api/snug/v1/setup',
    async function postSetup({ body: { token, email, password }, status }) {
      return status(201, account(await context.core.accounts.setUp(token, email, password)))
    },
    {
      body: schema.setUpBody,
      response: { 201: schema.setUpAnswer },
      detail: {
        summary: 'Make the first administrator; works once',
        'x-faults': ['passwords_busy'],
      },
    },
  )
