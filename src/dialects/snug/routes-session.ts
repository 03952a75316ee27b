import { type DialectContext, serveDialect } from '../../api'
import { snug } from './dialect'
import * as schema from './schema-session'
import * as view from './view-session'

/** Who is asking, and what this server is. */
export const sessionRoutes = (kit: DialectContext) =>
  serveDialect(snug, kit).get(
    '/api/snug/v1/session',
    async function getSession({ caller }) {
      const plan = caller.account === null ? null : await kit.core.plans.of(caller.account)
      return view.session(caller, plan, kit.core.settings.inForce, {
        ...kit.about,
        needsSetUp: await kit.core.accounts.needsSetUp(),
      })
    },
    {
      response: { 200: schema.session },
      detail: { summary: 'Who you are, what you may do, and what this server is' },
    },
  )
