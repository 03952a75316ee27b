import { type Dialect, header, standardMessages } from '../../api'
import { hour, minute } from '../../time'

/** Wraps what is wrong with a request in the document's sentence. */
const payload = (reason: string) => `Invalid request payload: ${reason}`

/** Smart links: by key, without one as a guest, in bulk for those who have signed in. */
export const links: Dialect = {
  name: 'links',
  title: 'Smart links with passwords, dates, ceilings and tags',
  roots: ['/api/links'],
  credentials: [header('x-api-key')],
  keys: 'api',
  sessionOnly: ['/api/links/bulk'],
  keyed: ['POST /api/links'],
  apiAccess: ['POST /api/links'],
  whenPublic: ['POST /api/links/guest'],
  limits: [
    { id: 'links.plan.hour', on: '/api/links*', max: null, per: hour, by: 'plan' },
    {
      id: 'links.guest.minute',
      on: 'POST /api/links/guest',
      max: 10,
      per: minute,
      by: 'address',
    },
  ],
  faults: {
    ...standardMessages,
    url_missing: [400, payload('originalUrl is required')],
    url_invalid: [400, payload('originalUrl must be an http or https address')],
    url_unsafe: [400, payload('originalUrl was flagged as unsafe')],
    input_invalid: [
      400,
      ({ field = 'body', reason = 'invalid' }) => payload(`${field}: ${reason}`),
    ],
    code_invalid: [400, payload('customAlias must have 3 to 30 letters, numbers, or hyphens')],
    code_reserved: [400, payload('customAlias is reserved')],
    code_taken: [409, 'Alias is already in use'],
    key_missing: [401, 'Missing API key'],
    key_malformed: [401, 'Invalid API key'],
    key_invalid: [401, 'Invalid API key'],
    key_inactive: [401, 'Inactive API key'],
    key_expired: [401, 'Expired API key'],
    account_suspended: [401, 'Inactive API key'],
    address_refused: [403, 'IP address does not allow access'],
    plan_required: [403, 'Plan does not allow access'],
    creation_closed: [403, 'This server makes links for its own accounts only'],
    rate_limited: [429, 'Rate limit exceeded'],
    passwords_busy: [429, 'Rate limit exceeded'],
  },
  envelope: ({ message, code }) => ({ success: false, message, code }),
}
