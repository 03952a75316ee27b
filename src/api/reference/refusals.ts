import { Fault, type FaultKind, faultKinds } from '../../core'
import { refusalOf } from '../errors'
import { messagesFor } from '../messages'
import { schemaLike } from './json-schema'
import type { RouteFacts } from './route'

type Applies = (facts: RouteFacts) => boolean

const byKey: Applies = ({ takesKey }) => takesKey
const known: Applies = ({ takesKey, takesSession }) => takesKey || takesSession
const making: Applies = ({ makesLink, changes }) => makesLink && changes
const coding: Applies = ({ makesLink, route }) => makesLink && route.method === 'POST'
const naming: Applies = ({ ofLink }) => ofLink

/** Which refusals a route's document mentions. A route names the others that it makes: `x-faults`. */
const applies: { [Kind in FaultKind]?: Applies } = {
  url_missing: making,
  url_invalid: making,
  url_unsafe: making,
  input_invalid: ({ hasInput }) => hasInput,
  body_too_large: ({ hasBody }) => hasBody,
  key_missing: byKey,
  key_malformed: byKey,
  key_invalid: byKey,
  key_expired: byKey,
  key_inactive: byKey,
  address_refused: byKey,
  account_suspended: known,
  plan_required: known,
  session_missing: ({ takesKey, takesSession }) => takesSession && !takesKey,
  cross_site: ({ takesSession, changes }) => takesSession && changes,
  code_invalid: coding,
  code_reserved: coding,
  code_taken: coding,
  link_missing: naming,
  link_gone: naming,
  record_missing: ({ hasParams, ofLink }) => hasParams && !ofLink,
  rate_limited: ({ isLimited }) => isLimited,
  internal: () => true,
}

/** Details that stand in examples. */
const detail = { field: 'tags', reason: 'must be at most 10', seconds: 42, capability: 'fullStats' }

/** The refusals of a route by status, in its dialect's words and envelope. */
export const refusalsOf = (facts: RouteFacts): Record<string, unknown> => {
  const { dialect, route } = facts
  const words = messagesFor(dialect, route)
  const own = route.hooks.detail?.['x-faults'] ?? []
  const refusals = faultKinds
    .filter((kind) => own.includes(kind) || (applies[kind]?.(facts) ?? false))
    .map((kind) => ({
      kind,
      refusal: refusalOf(new Fault(kind, detailOf(kind)), words),
    }))
  const byStatus = Map.groupBy(refusals, ({ refusal }) => refusal.status)
  return Object.fromEntries(
    [...byStatus].map(([status, all]) => {
      const examples = all.map(({ kind, refusal }) => [kind, { value: dialect.envelope(refusal) }])
      const media = {
        schema: schemaLike(dialect.envelope((all[0] as (typeof all)[0]).refusal)),
        examples: Object.fromEntries(examples),
      }
      const sentences = new Set(all.map(({ refusal }) => refusal.message))
      return [
        String(status),
        {
          description: [...sentences].join(' · '),
          content: { [dialect.refusalType ?? 'application/json']: media },
        },
      ]
    }),
  )
}

const detailOf = (kind: FaultKind) => {
  if (kind === 'input_invalid') return { field: detail.field, reason: detail.reason }
  if (kind === 'rate_limited' || kind === 'passwords_busy') return { seconds: detail.seconds }
  if (kind === 'plan_required') return { capability: detail.capability }
  return kind === 'record_missing' || kind === 'still_used' ? { field: 'record' } : {}
}
