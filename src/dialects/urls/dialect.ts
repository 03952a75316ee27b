import { type Dialect, type FaultMessage, header, standardMessages } from '../../api'
import { hour } from '../../time'

const noKey: FaultMessage = [
  401,
  'Authentication required - Please provide valid API key or session',
]
const taken: FaultMessage = [409, 'This short code is already taken. Please choose another one.']
const notFound: FaultMessage = [404, 'URL not found']

/** What plans must include, in the document's sentences. */
const paid: Record<string, string> = {
  customCodes: 'Custom short codes require a paid subscription',
  mintKeys: 'API access requires a paid subscription',
}

/** Keys or sign-in, short codes of one's own, keys that can be listed. */
export const urls: Dialect = {
  name: 'urls',
  title: 'API keys or a sign-in, limits by plan',
  roots: ['/api/urls', '/api/keys'],
  credentials: [header('x-api-key')],
  keys: 'api',
  session: ['/api/urls*'],
  sessionOnly: ['/api/keys*'],
  keyed: ['/api/urls*'],
  bodiless: ['POST /api/keys'],
  limits: [
    { id: 'urls.hour', on: '/api/urls*', max: null, per: hour, by: 'plan' },
    { id: 'urls.keys.hour', on: '/api/keys*', max: null, per: hour, by: 'plan' },
  ],
  faults: {
    ...standardMessages,
    url_missing: [400, 'url is required'],
    url_invalid: [
      400,
      'url must be a valid http:// or https:// address of at most 2048 characters',
    ],
    key_missing: noKey,
    key_malformed: noKey,
    key_invalid: noKey,
    key_expired: noKey,
    key_inactive: noKey,
    session_missing: [401, 'Unauthorized - User session required'],
    plan_required: [
      403,
      ({ capability = '' }) => paid[capability] ?? 'Your plan does not include this',
    ],
    code_invalid: [400, 'shortCode must be 1 to 50 letters, digits, hyphens or underscores'],
    code_reserved: taken,
    code_taken: taken,
    link_missing: notFound,
    not_yours: notFound,
    record_missing: [404, 'API key not found'],
    passwords_busy: standardMessages.rate_limited,
  },
  envelope: ({ message }) => ({ error: message, message }),
}
