import { type DialectContext, serveDialect } from '../../api'
import { snug } from './dialect'
import * as schema from './schema-session'
import * as view from './view-session'

/** Who is asking, and what this server is. */
export const sessionRoutes = (context: DialectContext) =>
  serveDialect(snug, context).get(
    '/api/snug/v1/session',
    async function getSession({ caller }) {
      const plan = caller.account === null ? null : await context.core.plans.of(caller.account)
      return view.session(caller, plan, context.core.settings.inForce, {
        ...context.about,
        needsSetUp: await context.core.accounts.needsSetUp(),
      })
    },
    {
      response: { 200: schema.session },
      detail: { summary: 'Who you are, what you may do, and what this server is' },
    },
  )
