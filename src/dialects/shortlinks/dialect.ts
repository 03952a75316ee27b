import { type Dialect, header, standardMessages } from '../../api'
import { minute } from '../../time'

/** Slugs, made by key, by sign-in or by nobody in particular; the refusals are the document's sentences. */
export const shortlinks: Dialect = {
  name: 'shortlinks',
  title: 'Slugs for accounts and for browsers',
  roots: ['/api/shortlinks'],
  credentials: [header('X-API-Key')],
  keys: 'api',
  session: ['POST /api/shortlinks'],
  whenPublic: ['POST /api/shortlinks'],
  limits: [
    { id: 'shortlinks.minute', on: 'POST /api/shortlinks', max: 20, per: minute, by: 'key' },
  ],
  faults: {
    ...standardMessages,
    url_missing: [400, 'URL is required'],
    url_invalid: [400, 'Invalid URL'],
    key_malformed: [401, 'Invalid API key format'],
    key_invalid: [401, 'Invalid API key'],
    key_expired: [401, 'Invalid API key'],
    key_inactive: [401, 'Invalid API key'],
    account_suspended: [401, 'Invalid API key'],
    address_refused: [401, 'Invalid API key'],
    creation_closed: [401, 'API key required'],
    plan_required: [401, 'Your plan does not include custom slugs'],
    code_invalid: [400, 'Invalid slug'],
    code_reserved: [400, 'Slug is reserved'],
    code_taken: [409, 'Slug already exists'],
    rate_limited: [429, 'Too much request. Try again later.'],
    passwords_busy: [429, 'Too much request. Try again later.'],
  },
  envelope: ({ message }) => ({ error: message }),
}
