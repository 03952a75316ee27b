import { bodyField, type Dialect, header, query, standardMessages } from '../../api'
import { minute } from '../../time'

const perAddress = { max: 30, per: minute, by: 'address' } as const

/** Customer keys that group links; the only dialect that strangers may use. */
export const shorten: Dialect = {
  name: 'shorten',
  title: 'Customer keys and public statistics',
  roots: ['/api/shorten', '/api/stats', '/api/dashboard', '/api/bind', '/api/export'],
  credentials: [
    header('X-Customer-Key'),
    query('key'),
    bodyField('access_key'),
    bodyField('customer_secret_key'),
  ],
  keys: 'any',
  keyed: ['/api/dashboard', '/api/bind'],
  newKeysOn: ['POST /api/shorten'],
  whenPublic: ['POST /api/shorten'],
  limits: [
    { id: 'shorten.shorten.minute', on: '/api/shorten', ...perAddress },
    { id: 'shorten.stats.minute', on: '/api/stats/*', ...perAddress },
    { id: 'shorten.dashboard.minute', on: '/api/dashboard', ...perAddress },
    { id: 'shorten.bind.minute', on: '/api/bind', ...perAddress },
    { id: 'shorten.export.minute', on: '/api/export/*', ...perAddress },
  ],
  faults: {
    ...standardMessages,
    url_missing: [400, 'url is required'],
    url_invalid: [400, 'url must be a valid http/https URL of at most 2048 characters'],
    key_missing: [401, 'A customer key is required'],
    key_malformed: [401, 'Invalid customer key'],
    key_invalid: [401, 'Invalid customer key'],
    key_expired: [401, 'Invalid customer key'],
    key_inactive: [401, 'Invalid customer key'],
    account_suspended: [401, 'Invalid customer key'],
    address_refused: [401, 'Invalid customer key'],
    plan_required: [401, 'A dashboard key is required'],
    creation_closed: [401, 'A customer key is required'],
    rate_limited: [429, 'Rate limit exceeded'],
    passwords_busy: [429, 'Rate limit exceeded'],
    internal: [500, 'Server error — please contact support'],
  },
  envelope: ({ status, message }) => ({ error: true, message, code: status }),
}
