import { bearer, type Dialect, type FaultMessage, standardMessages } from '../../api'
import { day, hour, minute } from '../../time'

const badKey: FaultMessage = [401, 'API key is missing, malformed, or not found', 'INVALID_API_KEY']
const noKey: FaultMessage = [
  401,
  'Analytics endpoint requires API key authentication',
  'AUTH_REQUIRED',
]
const notFound: FaultMessage = [404, 'URL or resource not found', 'NOT_FOUND']
const noStats: FaultMessage = [500, 'Server error while fetching stats', 'STATS_FAILED']
const forbidden = 'FORBIDDEN'

const { input_invalid, account_suspended, plan_required, rate_limited } = standardMessages

/** Bearer keys, success flags, machine-readable codes. */
export const v1: Dialect = {
  name: 'v1',
  title: 'Bearer keys and success flags',
  roots: ['/api/v1'],
  credentials: [bearer],
  keys: 'api',
  keyed: ['/api/v1/shorten', '/api/v1/urls*', '/api/v1/analytics/*'],
  limits: [
    { id: 'v1.shorten.minute', on: 'POST /api/v1/shorten', max: 30, per: minute, by: 'key' },
    { id: 'v1.shorten.day', on: 'POST /api/v1/shorten', max: 500, per: day, by: 'key' },
    { id: 'v1.urls.minute', on: '/api/v1/urls*', max: 60, per: minute, by: 'key' },
    { id: 'v1.urls.hour', on: '/api/v1/urls*', max: 300, per: hour, by: 'key' },
    { id: 'v1.analytics.minute', on: '/api/v1/analytics/*', max: 60, per: minute, by: 'key' },
    { id: 'v1.analytics.hour', on: '/api/v1/analytics/*', max: 300, per: hour, by: 'key' },
  ],
  faults: {
    ...standardMessages,
    url_missing: [400, 'No URL was provided in the request body', 'URL_REQUIRED'],
    url_invalid: [400, 'URL format is invalid (must be http:// or https://)', 'INVALID_URL'],
    url_unsafe: [400, 'URL was flagged as potentially malicious', 'URL_UNSAFE'],
    input_invalid: [400, input_invalid[1], 'INVALID_PARAMETER'],
    body_too_large: [413, standardMessages.body_too_large[1], 'BODY_TOO_LARGE'],
    key_missing: badKey,
    key_malformed: badKey,
    key_invalid: badKey,
    key_expired: [401, 'API key has expired', 'INVALID_API_KEY'],
    key_inactive: [401, 'API key is inactive', 'INVALID_API_KEY'],
    address_refused: [403, standardMessages.address_refused[1], forbidden],
    account_suspended: [403, account_suspended[1], 'ACCOUNT_SUSPENDED'],
    plan_required: [403, plan_required[1], forbidden],
    code_invalid: [400, 'URL ID is missing or not a valid number', 'INVALID_ID'],
    link_missing: notFound,
    not_yours: [403, 'You don’t own this URL', forbidden],
    rate_limited: [429, rate_limited[1], 'RATE_LIMITED'],
    passwords_busy: [429, rate_limited[1], 'RATE_LIMITED'],
    route_missing: [404, 'There is no such endpoint', 'NOT_FOUND'],
    internal: [500, 'Server error', 'SERVER_ERROR'],
  },
  faultsOn: [
    {
      on: 'POST /api/v1/shorten',
      faults: { internal: [500, 'Server error while creating the short URL', 'CREATION_FAILED'] },
    },
    { on: '/api/v1/analytics/*', faults: { key_missing: noKey, internal: noStats } },
    { on: 'GET /api/v1/urls*', faults: { internal: noStats } },
  ],
  envelope: ({ message, code }) => ({ success: false, message, code }),
}
