import { endpoints } from '../src/auth'
import type { World } from './world'

export type Route = { method: string; path: string }

/** Every route of the program, with the methods it answers. */
export const routesOf = ({ app }: World): Route[] => {
  const all = [...app.server.routes, ...app.apis.routes].filter(
    ({ path }) => path !== '/api/auth/*',
  )
  const roots = new Set(
    app.server.routes.filter(({ method }) => method === 'ALL').map((route) => route.path),
  )
  const named = all.filter(
    ({ path, method }) => path === '/*' || !(method === 'ALL' && roots.has(path)),
  )
  const signIn = endpoints.map(([method, path]) => ({ method, path: `/api/auth${path}` }))
  return [...named.map(({ method, path }) => ({ method, path })), ...signIn]
}

/** The path of a route, its parameters filled in. */
export const concrete = (path: string, parameter: string) => path.replace(/:\w+|\*/g, parameter)
