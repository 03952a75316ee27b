import type { FaultKind } from '../../core'
import type { Dialect } from '../dialect'
import { covers } from '../rate-limits'
import type { JsonSchema } from './json-schema'

/** A route of a dialect, as the framework lists it. */
export type ListedRoute = {
  method: string
  path: string
  hooks: {
    body?: unknown
    query?: unknown
    params?: unknown
    response?: unknown
    detail?: {
      hide?: boolean
      summary?: string
      description?: string
      /** whether its path names a link */
      'x-link'?: boolean
      /** refusals that only this route makes */
      'x-faults'?: readonly FaultKind[]
      responses?: Record<string, unknown>
    }
  }
}

/** What can be asked of a route. */
export type RouteFacts = {
  route: ListedRoute
  dialect: Dialect
  hasBody: boolean
  hasInput: boolean
  hasParams: boolean
  /** whether it takes a destination */
  makesLink: boolean
  /** whether it is about one link, named in its path */
  ofLink: boolean
  takesKey: boolean
  takesSession: boolean
  isLimited: boolean
  changes: boolean
}

/** Looks at a route. */
export const factsOf = (dialect: Dialect, route: ListedRoute): RouteFacts => {
  const { method, path, hooks } = route
  const isIn = (patterns: readonly string[] | undefined) =>
    patterns?.some((on) => covers({ on }, { method, path })) ?? false
  const isSessionOnly = isIn(dialect.sessionOnly)
  const hasBody = hooks.body !== undefined
  const hasParams = path.includes(':')
  return {
    route,
    dialect,
    hasBody,
    hasParams,
    hasInput: hasBody || hasParams || hooks.query !== undefined,
    makesLink: hasBody && holdsDestination(hooks.body),
    ofLink: hooks.detail?.['x-link'] === true,
    takesKey: dialect.credentials.length > 0 && !isSessionOnly,
    takesSession: isSessionOnly || isIn(dialect.session),
    isLimited: dialect.limits.some((limit) => covers(limit, { method, path })),
    changes: method !== 'GET',
  }
}

const holdsDestination = (schema: unknown): boolean =>
  JSON.stringify(schema ?? null).includes('"fault":"destination"')

/** The properties of an object schema, with those that must be sent. */
export const propertiesOf = (schema: unknown) => {
  const { properties = {}, required = [] } = (schema ?? {}) as {
    properties?: Record<string, JsonSchema>
    required?: readonly string[]
  }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    property,
    isRequired: required.includes(name) && !('default' in property),
  }))
}
