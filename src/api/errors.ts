import type { Static, TSchema } from 'elysia'
import { ceilings, Fault, type FaultDetail, type FaultKind, faultKinds } from '../core'

/** How a dialect says one fault: status, sentence, and its machine-readable word where it has one. */
export type FaultMessage = readonly [
  status: number,
  message: string | ((detail: FaultDetail) => string),
  code?: string,
]

/** A fault in a dialect's words, ready for its envelope. */
export type Refusal = { status: number; message: string; code: string; detail: FaultDetail }

/** Words for every fault; a dialect spreads them and puts its own over the ones it documents. */
export const standardMessages: Record<FaultKind, FaultMessage> = {
  url_missing: [400, 'URL is required'],
  url_invalid: [400, 'Invalid URL: it must be a complete http:// or https:// address'],
  url_unsafe: [400, 'This URL was flagged as unsafe'],
  input_invalid: [400, ({ field, reason }) => sentence(field, reason)],
  body_too_large: [413, 'Request body is larger than 512 KiB'],
  key_missing: [401, 'API key required'],
  key_malformed: [401, 'Invalid API key'],
  key_invalid: [401, 'Invalid API key'],
  key_expired: [401, 'API key has expired'],
  key_inactive: [401, 'API key is inactive'],
  address_refused: [403, 'This API key may not be used from your address'],
  session_missing: [401, 'Sign-in required'],
  cross_site: [403, 'This change must come from this server’s own pages, as JSON'],
  password_wrong: [403, 'That is not your password'],
  sign_in_stale: [403, 'Sign in again first: this needs a sign-in of the last ten minutes'],
  admin_required: [403, 'Only administrators may do this'],
  account_suspended: [403, 'Your account has been suspended'],
  plan_required: [403, 'Your plan does not include this'],
  creation_closed: [401, 'This server makes links for its own accounts only'],
  code_invalid: [400, 'Invalid short code'],
  code_reserved: [400, 'This short code is reserved'],
  code_taken: [409, 'This short code is already taken'],
  link_missing: [404, 'Short code not found'],
  link_gone: [410, 'Link expired or removed'],
  not_yours: [403, 'This link belongs to another account'],
  record_missing: [404, ({ field = 'thing' }) => `There is no such ${field}`],
  email_taken: [409, 'An account with this email address already exists'],
  set_up_refused: [403, 'This set-up link is not the one this server printed last'],
  set_up_done: [409, 'This server has an administrator already'],
  still_used: [409, ({ field = 'thing' }) => `This ${field} still has links: delete them first`],
  domain_taken: [409, 'This domain is in use already'],
  domain_unproved: [409, ({ field, reason }) => sentence(field, reason)],
  keys_full: [409, `An account can have ${ceilings.keys.max} API keys: delete one first`],
  rate_limited: [429, ({ seconds }) => `Rate limit exceeded. Try again in ${seconds} seconds.`],
  passwords_busy: [
    503,
    ({ seconds }) => `Too many passwords are being checked. Try again in ${seconds} seconds.`,
  ],
  route_missing: [404, 'There is no such endpoint'],
  internal: [500, 'Server error'],
}

const sentence = (field = 'request', reason = 'missing or invalid') => `${field}: ${reason}`

/** Puts a fault into a dialect's words. */
export const refusalOf = (fault: Fault, words: Record<FaultKind, FaultMessage>): Refusal => {
  const [status, message, code] = words[fault.kind]
  return {
    status,
    message: typeof message === 'string' ? message : message(fault.detail),
    code: code ?? fault.kind,
    detail: fault.detail,
  }
}

/** Marks a schema as a destination, so that a wrong one is refused as `url_missing` or `url_invalid`. */
export const destination = { fault: 'destination' } as const

/** Marks a schema whose wrong values are refused as one fault of ours, whatever is wrong with them. */
export const refusedAs = (fault: FaultKind) => ({ fault })

type Violation = { path?: string; value?: unknown; schema?: TSchema; message?: string }

/** The fault behind whatever was thrown: our own, a schema violation, or `internal` for a surprise. */
export const toFault = (error: unknown): Fault => {
  if (error instanceof Fault) return error
  const violations = violationsOf(error)
  const [first] = violations
  if (first === undefined) return new Fault('internal')
  const fault = violationFault(first)
  if (fault.kind !== 'input_invalid') return fault
  return new Fault(fault.kind, { ...fault.detail, all: violations.map(refusedField) })
}

/** The fault of a value that its schema refused. */
export const violationFault = (violation: Violation): Fault => {
  if (violation.schema?.fault === destination.fault)
    return new Fault(isAbsent(violation.value) ? 'url_missing' : 'url_invalid')
  const marked = faultKinds.find((kind) => kind === violation.schema?.fault)
  if (marked !== undefined) return new Fault(marked)
  return new Fault('input_invalid', refusedField(violation))
}

const refusedField = ({ path, schema, message = 'invalid' }: Violation) => ({
  field: path?.slice(1).replaceAll('/', '.') || 'request',
  reason: choicesOf(schema) ?? message,
})

/** What a value may be, when that is one of several things. */
const choicesOf = (schema: TSchema | undefined): string | null => {
  const choices: TSchema[] = schema?.anyOf ?? []
  const names = choices.map(({ const: one, format, type }) =>
    one === undefined ? (format ?? type) : JSON.stringify(one),
  )
  return names.length === 0 || names.includes(undefined) ? null : `Expected ${names.join(' or ')}`
}

const isAbsent = (value: unknown) => value === undefined || value === null || value === ''

/** Most violations told of one request: a long list of wrong rows has as many as it has rows. */
const mostViolations = 20

const violationsOf = (error: unknown): Violation[] => {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'VALIDATION') return []
  const { all } = error as unknown as { all: Violation[] }
  if (all.length === 0) return [{}]
  const told = all.slice(0, mostViolations)
  return told.filter(({ path }, index) => told.findIndex((one) => one.path === path) === index)
}

/** The wire type of a schema. */
export type Wire<S extends TSchema> = Static<S>
