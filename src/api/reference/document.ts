import { STATUS_CODES } from 'node:http'
import type { Limit } from '../../core'
import type { Dialect } from '../dialect'
import { covers } from '../rate-limits'
import { toJsonSchema } from './json-schema'
import { refusalsOf } from './refusals'
import { factsOf, type ListedRoute, propertiesOf, type RouteFacts } from './route'

/** A dialect and the application that answers its routes. */
export type ServedDialect = { dialect: Dialect; app: { routes: readonly unknown[] } }

/** An OpenAPI 3.1 document. */
export type Document = {
  openapi: string
  info: Record<string, unknown>
  servers: { url: string }[]
  tags: { name: string }[]
  paths: Record<string, Record<string, unknown>>
  components: { securitySchemes: Record<string, Record<string, string>> }
}

type About = { title: string; version: string; base: string }

/** The document of some dialects, made from what their routes and records say. */
export const documentOf = (
  served: readonly ServedDialect[],
  { title, version, base }: About,
): Document => {
  const paths: Document['paths'] = {}
  const tags = new Set<string>()
  for (const { dialect, app } of served) {
    for (const route of (app.routes as readonly ListedRoute[]).filter(isShown)) {
      const tag =
        served.length > 1 ? `${dialect.name}: ${tagOf(dialect, route)}` : tagOf(dialect, route)
      tags.add(tag)
      const path = route.path.replace(/:([^/.]+)/g, '{$1}')
      paths[path] = {
        ...paths[path],
        [route.method.toLowerCase()]: operationOf(dialect, route, tag),
      }
    }
  }
  return {
    openapi: '3.1.0',
    info: { title, version, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: base }],
    tags: [...tags].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: Object.assign({}, ...served.map(({ dialect }) => schemesOf(dialect))),
    },
  }
}

const isShown = ({ method, hooks }: ListedRoute) =>
  hooks.detail?.hide !== true && ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(method)

/** What a route is about: the word after its dialect's root, or the root's own last word. */
const tagOf = ({ roots }: Dialect, { path }: ListedRoute): string => {
  const root = roots.find((one) => path === one || path.startsWith(`${one}/`)) ?? ''
  const [noun = ''] = path.slice(root.length + 1).split('/')
  return roots.length === 1 && noun !== '' ? noun : (root.split('/').at(-1) ?? '')
}

const operationOf = (dialect: Dialect, route: ListedRoute, tag: string) => {
  const facts = factsOf(dialect, route)
  const { summary, description } = route.hooks.detail ?? {}
  const limits = dialect.limits.filter((limit) => covers(limit, route)).map(limitText)
  const said = [description, ...limits].filter((text) => text !== undefined).join('\n\n')
  const parameters = parametersOf(route)
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replaceAll(/[^A-Za-z0-9]+/g, '_')}`,
    tags: [tag],
    ...(summary === undefined ? {} : { summary }),
    ...(said === '' ? {} : { description: said }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(facts.hasBody ? { requestBody: bodyOf(facts) } : {}),
    responses: { ...answersOf(route), ...refusalsOf(facts) },
    security: securityOf(facts),
  }
}

const limitText = ({ id, max, per, by }: Limit) =>
  `Limit \`${id}\`: ${max ?? 'as many requests as the plan says'} in ${per / 1000} s for each ${by === 'plan' ? 'account' : by}.`

const parametersOf = ({ path, hooks: { params, query } }: ListedRoute) => {
  const described = new Map(propertiesOf(params).map(({ name, property }) => [name, property]))
  const inPath = [...path.matchAll(/:([^/.]+)/g)].map(([, name = '']) => ({
    in: 'path',
    name,
    required: true,
    schema: toJsonSchema(described.get(name) ?? { type: 'string' }),
  }))
  const inQuery = propertiesOf(query).map(({ name, property, isRequired }) => {
    const { description, ...schema } = toJsonSchema(property)
    return {
      in: 'query',
      name,
      required: isRequired,
      schema,
      ...(description === undefined ? {} : { description }),
    }
  })
  return [...inPath, ...inQuery]
}

const bodyOf = ({ route, dialect }: RouteFacts) => ({
  required: !(dialect.bodiless ?? []).some((on) => covers({ on }, route)),
  content: { 'application/json': { schema: toJsonSchema(route.hooks.body) } },
})

const answersOf = ({ hooks: { response, detail } }: ListedRoute): Record<string, unknown> => {
  if (response === undefined) return detail?.responses ?? { 200: { description: 'OK' } }
  return Object.fromEntries(
    Object.entries(response as Record<string, unknown>).map(([status, schema]) => [
      status,
      {
        description: STATUS_CODES[status] ?? 'Answer',
        content: { 'application/json': { schema: toJsonSchema(schema) } },
      },
    ]),
  )
}

const schemeName = (scheme: Record<string, string>) => scheme.name ?? scheme.scheme ?? ''

const schemesOf = ({ credentials, session, sessionOnly }: Dialect) => ({
  ...Object.fromEntries(
    credentials.flatMap(({ scheme }) => (scheme === null ? [] : [[schemeName(scheme), scheme]])),
  ),
  ...(session || sessionOnly
    ? {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'snug.session_token',
          description: 'A sign-in',
        },
      }
    : {}),
})

const securityOf = ({ dialect, route, takesKey, takesSession }: RouteFacts) => {
  const keys = dialect.credentials.flatMap(({ scheme }) =>
    takesKey && scheme !== null ? [{ [schemeName(scheme)]: [] }] : [],
  )
  const mustAsk = dialect.keyed?.some((on) => covers({ on }, route)) ?? dialect.keys === 'api'
  return [
    ...keys,
    ...(takesSession ? [{ session: [] }] : []),
    ...(takesKey && !mustAsk ? [{}] : []),
  ]
}
