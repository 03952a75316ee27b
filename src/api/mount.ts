import { type AnyElysia, Elysia } from 'elysia'
import { type Dialect, type DialectContext, serveFallbacks } from './dialect'

/**
 * Mounts the APIs as an app of their own; answers it. What the hooks of one plugin read of a request
 * (its headers, cookies, query) Elysia would read for every route of the same app, redirects included.
 */
export const mountApis = (
  server: AnyElysia,
  served: readonly { dialect: Dialect; app: AnyElysia }[],
  context: DialectContext,
): AnyElysia => {
  const apis: AnyElysia = new Elysia({ handler: { standardHostname: false } })
  for (const { dialect, app } of served) {
    apis.use(app).use(serveFallbacks(dialect, context))
    for (const root of dialect.roots)
      for (const path of [root, `${root}/*`])
        server.all(path, ({ request }) => apis.handle(request), { parse: 'none' })
  }
  return apis
}
