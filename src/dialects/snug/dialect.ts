import { STATUS_CODES } from 'node:http'
import { bearer, type Dialect, header, standardMessages } from '../../api'
import type { FaultDetail } from '../../core'
import { minute } from '../../time'

const root = '/api/snug/v1'

const at = (...nouns: string[]) => nouns.map((noun) => `${root}/${noun}*`)

/** What only administrators may ask for. */
const adminOnly = at('accounts', 'plans', 'limits', 'settings', 'blocklist', 'system', 'backup')

/** What is for people: a key that was lost must neither take the database along nor make itself at home. */
const sessionOnly = [
  ...at('keys', 'accounts', 'settings', 'backup'),
  ...['plans', 'limits', 'blocklist'].map((noun) => `PUT ${root}/${noun}*`),
]

/** The field that some faults are about. */
const fieldOf: Record<string, string> = {
  url_missing: 'destination',
  url_invalid: 'destination',
  url_unsafe: 'destination',
  code_invalid: 'code',
  code_reserved: 'code',
  code_taken: 'code',
  email_taken: 'email',
}

/** The refused fields, each with its reason. */
const errorsOf = (
  code: string,
  message: string,
  { field = fieldOf[code], reason, all }: FaultDetail,
) => {
  if (all !== undefined) return { errors: all }
  if (field === undefined || (reason === undefined && fieldOf[code] === undefined)) return {}
  return { errors: [{ field, reason: reason ?? message }] }
}

/** Our own API: everything the program can do; the admin app uses nothing else. */
export const snug: Dialect = {
  name: 'snug',
  title: 'Our own API: everything the program can do',
  roots: [root],
  credentials: [bearer, header('X-API-Key')],
  keys: 'api',
  session: [`${root}*`],
  sessionOnly,
  keyed: [
    ...at('links', 'stats', 'events', 'keys', 'campaigns', 'domains', 'webhooks'),
    ...adminOnly,
  ],
  adminOnly,
  bodiless: [
    `POST ${root}/backup`,
    `POST ${root}/webhooks/*`,
    `POST ${root}/keys/personal/rotate`,
    `POST ${root}/domains/*`,
  ],
  limits: [
    { id: 'snug.minute', on: `${root}*`, max: 1200, per: minute, by: 'account' },
    { id: 'snug.setup.minute', on: `POST ${root}/setup`, max: 30, per: minute, by: 'address' },
  ],
  faults: { ...standardMessages, key_missing: [401, 'A key or a sign-in is required'] },
  envelope: ({ status, message, code, detail }) => ({
    type: `urn:snug:fault:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: message,
    fault: code,
    ...errorsOf(code, message, detail),
  }),
  refusalType: 'application/problem+json',
}
