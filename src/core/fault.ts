/** Every refusal the program expects to make. A dialect gives each one a status and words. */
export const faultKinds = [
  'url_missing',
  'url_invalid',
  'url_unsafe',
  'input_invalid',
  'body_too_large',
  'key_missing',
  'key_malformed',
  'key_invalid',
  'key_expired',
  'key_inactive',
  'address_refused',
  'session_missing',
  'cross_site',
  'password_wrong',
  'sign_in_stale',
  'admin_required',
  'account_suspended',
  'plan_required',
  'creation_closed',
  'code_invalid',
  'code_reserved',
  'code_taken',
  'link_missing',
  'link_gone',
  'not_yours',
  'record_missing',
  'email_taken',
  'set_up_refused',
  'set_up_done',
  'still_used',
  'domain_taken',
  'domain_unproved',
  'keys_full',
  'rate_limited',
  'passwords_busy',
  'route_missing',
  'internal',
] as const

export type FaultKind = (typeof faultKinds)[number]

/** What a refusal may say beyond its kind. */
export type FaultDetail = {
  /** the wire name of the refused field, or of what is missing */
  field?: string
  /** what is wrong with it, in a sentence without secrets */
  reason?: string
  /** every refused field, when more than one may be */
  all?: readonly { field: string; reason: string }[]
  /** whole seconds to wait, at least 1 */
  seconds?: number
  /** what the plan does not include */
  capability?: string
}

/** An expected refusal: the only thing thrown on purpose. Knows no status and no sentence. */
export class Fault extends Error {
  constructor(
    readonly kind: FaultKind,
    readonly detail: FaultDetail = {},
  ) {
    super(kind)
  }
}
