import { type DialectContext, serveDialect } from '../../api'
import { snug } from './dialect'
import * as schema from './schema-rules'
import { plan } from './view-accounts'
import * as view from './view-rules'

/** What administrators decide while the program runs: plans, limits, settings. `PUT` takes what `GET` gave. */
export const ruleRoutes = (context: DialectContext) => {
  const { admin } = context.core
  const limits = (rows: Awaited<ReturnType<typeof admin.limits>>) => ({
    data: rows.map(view.limit),
    enforced: context.limits,
  })
  return serveDialect(snug, context)
    .get(
      '/api/snug/v1/plans',
      async function getPlans({ caller }) {
        return { data: (await admin.plans(caller)).map(plan) }
      },
      { response: { 200: schema.plans }, detail: { summary: 'All plans' } },
    )
    .put(
      '/api/snug/v1/plans',
      async function putPlans({ body, caller }) {
        return {
          data: (await admin.changePlans(caller, body.data)).map(plan),
        }
      },
      {
        body: schema.planList,
        response: { 200: schema.plans },
        detail: { summary: 'Put plans in the place of all earlier ones' },
      },
    )
    .get(
      '/api/snug/v1/limits',
      async function getLimits({ caller }) {
        return limits(await admin.limits(caller))
      },
      {
        response: { 200: schema.limits },
        detail: { summary: 'All limits' },
      },
    )
    .put(
      '/api/snug/v1/limits',
      async function putLimits({ body, caller }) {
        return limits(await admin.changeLimits(caller, body.data))
      },
      {
        body: schema.limitChanges,
        response: { 200: schema.limits },
        detail: { summary: 'Change limits, from the next request on' },
      },
    )
    .get(
      '/api/snug/v1/settings',
      async function getSettings({ caller }) {
        return view.settings(await admin.settings(caller), context.about.environment)
      },
      { response: { 200: schema.settings }, detail: { summary: 'The settings in force' } },
    )
    .put(
      '/api/snug/v1/settings',
      async function putSettings({ body: { sources: _, ...changes }, caller }) {
        await admin.changeSettings(caller, changes)
        return view.settings(await admin.settings(caller), context.about.environment)
      },
      {
        body: schema.settingChanges,
        response: { 200: schema.settings },
        detail: { summary: 'Change settings, from the next request on' },
      },
    )
}
