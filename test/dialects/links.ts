import { expect } from 'bun:test'
import type { Expected, Saved, Scenario, Step } from '../scenario'
import { dawn, type Send } from '../world'
import { as } from './snug-words'

const url = 'https://example.com/product-launch'
const day = 86_400_000
const far = (ms: number) => new Date(Date.UTC(2090, 0, 1) + ms).toISOString()

/** A request with somebody's key. */
const by =
  (name: string, body: unknown, headers: Record<string, string> = {}) =>
  (saved: Saved): Send => ({
    path: '/api/links',
    headers: { 'x-api-key': saved[`${name}Key`] ?? '', ...headers },
    body,
  })

/** A bulk request from our own pages of somebody who has signed in. */
const bulk =
  (name: string, links: unknown, headers: Record<string, string> = {}) =>
  (saved: Saved): Send => ({
    path: '/api/links/bulk',
    headers: { Cookie: saved[`${name}Cookie`] ?? '', 'Sec-Fetch-Site': 'same-origin', ...headers },
    body: { links },
  })

const guest = (body: unknown): Send => ({ path: '/api/links/guest', body })

const data = {
  shortCode: expect.stringMatching(/^[A-Za-z0-9]{6}$/),
  shortUrl: expect.stringMatching(/^http:\/\/[^/]+\/[A-Za-z0-9]{6}$/),
  originalUrl: url,
  clicks: 0,
  maxClicks: null,
  startsAt: null,
  tags: [],
  folder: null,
  notes: null,
  expiresAt: null,
}

const made = (more: object = {}): Expected => ({
  status: 201,
  json: {
    success: true,
    message: 'Short link created successfully',
    data: { ...data, ...more },
  },
})

const refusal = (status: number, message: unknown = expect.any(String)): Expected => ({
  status,
  json: { success: false, message, code: expect.any(String) },
  headers: { 'content-type': expect.stringContaining('application/json') },
})

const bad = (field: string) =>
  refusal(400, expect.stringMatching(new RegExp(`^Invalid request payload: .*${field}`)))

/** Bodies that are refused because of one field. */
const wrong = (
  says: string,
  field: string,
  values: readonly unknown[],
  more: object = {},
): Scenario => ({
  says,
  people: { ann: {} },
  steps: values.map((value) => ({
    send: by('ann', { originalUrl: url, ...more, [field]: value }),
    expect: bad(field),
  })),
})

/** Makes a thing by our own API and remembers its id as `name`. */
const own = (who: string, path: string, body: unknown, name: string): Step => ({
  send: as(who, { path, body }),
  expect: { status: 201 },
  save: ({ json }) => ({ [name]: `${json.id}`, [`${name}Key`]: `${json.key}` }),
})

const everything = {
  originalUrl: url,
  customAlias: 'launch',
  startsAt: '2026-12-01T09:00:00.000Z',
  expiresAt: '2026-12-31T23:59:59.000Z',
  maxClicks: 500,
  tags: ['marketing', 'launch'],
  folder: 'Product Launches',
  notes: 'Shared in the December announcement',
}

const { originalUrl, customAlias, ...echoed } = everything

export const linksScenarios: Scenario[] = [
  {
    says: 'Create an authenticated link: the request and the answer of the document',
    people: { ann: {} },
    pass: {}, // its dates are over one day: only where the clock stands still
    steps: [
      {
        send: by('ann', everything),
        expect: made({
          ...echoed,
          originalUrl,
          shortCode: customAlias,
          shortUrl: expect.stringMatching(/^http:\/\/[^/]+\/launch$/),
        }),
      },
      {
        send: { path: '/launch' },
        expect: {
          status: 404,
          headers: { 'retry-after': expect.stringMatching(/^\d+$/) },
          hides: ['example.com'],
        },
      },
    ],
  },
  {
    says: 'Only originalUrl is required; null is like leaving a field out',
    people: { ann: {} },
    steps: [
      { send: by('ann', { originalUrl: url }), expect: made() },
      {
        send: by('ann', {
          originalUrl: url,
          customAlias: null,
          password: null,
          startsAt: null,
          expiresAt: null,
          maxClicks: null,
          campaignId: null,
          domainId: null,
          tags: null,
          folder: null,
          notes: null,
          unknown: 'ignored',
        }),
        expect: made(),
      },
    ],
  },
  {
    says: 'HTTP or HTTPS destination URL',
    people: { ann: {} },
    steps: [
      ...[undefined, null, ''].map((originalUrl) => ({
        send: by('ann', { originalUrl }),
        expect: bad('originalUrl is required'),
      })),
      ...[
        'example.com',
        'javascript:alert(1)',
        'ftp://x.example',
        5,
        {},
        `${url}${'a'.repeat(2048)}`,
      ].map((originalUrl) => ({
        send: by('ann', { originalUrl }),
        expect: bad('originalUrl must be'),
      })),
    ],
  },
  wrong('3-30 letters, numbers, or hyphens', 'customAlias', [
    '',
    'ab',
    'x'.repeat(31),
    'under_score',
    'a b c',
    'äöü',
    'abc\n',
    5,
    ['abc'],
  ]),
  {
    says: '400: a reserved alias',
    people: { ann: {} },
    steps: [
      {
        send: by('ann', { originalUrl: url, customAlias: 'Admin' }),
        expect: bad('customAlias is reserved'),
      },
    ],
  },
  {
    says: '409 Alias is already in use',
    people: { ann: {}, bob: {} },
    steps: [
      { send: by('ann', { originalUrl: url, customAlias: 'taken-1' }), expect: { status: 201 } },
      {
        send: by('ann', { originalUrl: url, customAlias: 'taken-1' }),
        expect: refusal(409, 'Alias is already in use'),
      },
      {
        send: by('bob', { originalUrl: url, customAlias: 'taken-1' }),
        expect: refusal(409, 'Alias is already in use'),
      },
      {
        send: guest({ originalUrl: url, customAlias: 'taken-1' }),
        expect: refusal(409, 'Alias is already in use'),
      },
    ],
  },
  {
    says: 'Protect the redirect with a password of at least 4 characters; it is never echoed',
    people: { ann: {} },
    steps: [
      {
        send: by('ann', { originalUrl: url, customAlias: 'locked-1', password: 'open sesame' }),
        expect: { status: 201, hides: ['sesame', 'argon2', 'password'] },
      },
      { send: { path: '/locked-1' }, expect: { status: 200, hides: ['example.com'] } },
      {
        send: {
          path: '/locked-1',
          headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
          body: 'password=open+sesame',
        },
        expect: { status: 303, headers: { location: url } },
      },
    ],
  },
  wrong('400: a password of another length or type', 'password', [
    '',
    'abc',
    'x'.repeat(257),
    1234,
  ]),
  {
    says: 'Keep the link unavailable until startsAt, disable it after expiresAt',
    people: { ann: {} },
    pass: { 2: 3_600_000, 3: 3_600_000 },
    steps: [
      {
        send: by('ann', {
          originalUrl: url,
          customAlias: 'in-time',
          startsAt: new Date(dawn + 3_600_000).toISOString(),
          expiresAt: new Date(dawn + 7_200_000).toISOString(),
        }),
        expect: { status: 201 },
      },
      { send: { path: '/in-time' }, expect: { status: 404, headers: { 'retry-after': '3600' } } },
      { send: { path: '/in-time' }, expect: { status: 302, headers: { location: url } } },
      { send: { path: '/in-time' }, expect: { status: 410 } },
    ],
  },
  {
    says: 'Dates are ISO, with or without a zone',
    people: { ann: {} },
    steps: [
      ['2090-06-01', '2090-06-01T00:00:00.000Z'],
      ['2090-06-01T10:00', '2090-06-01T10:00:00.000Z'],
      ['2090-06-01T10:00:00', '2090-06-01T10:00:00.000Z'],
      ['2090-06-01T10:00:00+02:00', '2090-06-01T08:00:00.000Z'],
      ['2090-06-01T10:00:00.5Z', '2090-06-01T10:00:00.500Z'],
    ].map(([expiresAt, shown]) => ({
      send: by('ann', { originalUrl: url, expiresAt }),
      expect: made({ expiresAt: shown }),
    })),
  },
  wrong('400: an end that is past or no ISO date', 'expiresAt', [
    '2020-01-01T00:00:00Z',
    'tomorrow',
    '',
    'Dec 1, 2090',
    '2090-13-01',
    '2090-02-30T00:00:00Z',
    4_000_000_000_000,
  ]),
  wrong('400: a start that is no ISO date', 'startsAt', [
    'soon',
    '',
    '1',
    '2090-99-99T00:00:00Z',
    '2090-04-31',
    true,
  ]),
  wrong('400: an end that is not after the start', 'expiresAt', [far(0), far(-day)], {
    startsAt: far(0),
  }),
  {
    says: 'Disable the link after maxClicks visits',
    people: { ann: {} },
    steps: [
      {
        send: by('ann', { originalUrl: url, customAlias: 'twice', maxClicks: 2 }),
        expect: made({
          maxClicks: 2,
          shortCode: 'twice',
          shortUrl: expect.stringContaining('/twice'),
        }),
      },
      { send: { path: '/twice' }, expect: { status: 302 }, times: 2 },
      { send: { path: '/twice' }, expect: { status: 410 } },
    ],
  },
  wrong('400: maxClicks that is no positive integer', 'maxClicks', [0, -1, 1.5, '5', 1e300, true]),
  {
    says: 'Attach the link to one of your campaigns; anybody else’s is refused',
    people: { ann: {}, bob: {} },
    steps: [
      own('ann', '/campaigns', { name: 'Spring' }, 'spring'),
      {
        send: (saved) =>
          by('ann', { originalUrl: url, campaignId: saved.spring?.toUpperCase() })(saved),
        expect: made(),
      },
      {
        send: as('ann', { path: '/campaigns' }),
        expect: {
          status: 200,
          json: expect.objectContaining({ data: [expect.objectContaining({ links: 1 })] }),
        },
      },
      {
        send: (saved) => by('bob', { originalUrl: url, campaignId: saved.spring })(saved),
        expect: bad('campaignId'),
      },
      {
        send: by('ann', { originalUrl: url, campaignId: 'a'.repeat(24) }),
        expect: bad('campaignId'),
      },
    ],
  },
  wrong('400: a campaign that is no 24 hex digits', 'campaignId', [
    '',
    'spring',
    'a'.repeat(23),
    'g'.repeat(24),
    5,
  ]),
  {
    says: 'Use one of your verified custom domains; the short URL is on it, and only it answers',
    people: { ann: { role: 'admin' }, bob: {} },
    steps: [
      own('ann', '/domains', { host: 'go-ann.example' }, 'domain'),
      {
        send: (saved) => by('ann', { originalUrl: url, domainId: saved.domain })(saved),
        expect: bad('domainId'),
      },
      {
        send: (saved) =>
          as('ann', { path: `/domains/${saved.domain}/verify`, body: { force: true } })(saved),
        expect: { status: 200 },
      },
      {
        send: (saved) =>
          by('ann', { originalUrl: url, domainId: saved.domain, customAlias: 'on-ann' })(saved),
        expect: made({ shortCode: 'on-ann', shortUrl: 'http://go-ann.example/on-ann' }),
      },
      { send: { path: '/on-ann', headers: { Host: 'go-ann.example' } }, expect: { status: 302 } },
      { send: { path: '/on-ann' }, expect: { status: 404 } },
      {
        send: (saved) => by('bob', { originalUrl: url, domainId: saved.domain })(saved),
        expect: bad('domainId'),
      },
    ],
  },
  wrong('400: a domain that is no 24 hex digits', 'domainId', ['', 'go.example', 'z'.repeat(24)]),
  {
    says: 'Add up to 10 searchable tags of letters, numbers, underscores, or hyphens',
    people: { ann: {} },
    steps: [
      {
        send: by('ann', { originalUrl: url, tags: ['a_b', 'C-4', 'C-4'] }),
        expect: made({ tags: ['a_b', 'C-4'] }),
      },
      {
        send: by('ann', { originalUrl: url, tags: [...'abcdefghij'] }),
        expect: made({ tags: [...'abcdefghij'] }),
      },
      ...[[...'abcdefghijk'], ['a b'], [''], ['ä'], ['x'.repeat(51)], 'a', [5], { 0: 'a' }].map(
        (tags) => ({
          send: by('ann', { originalUrl: url, tags }),
          expect: bad('tags'),
        }),
      ),
    ],
  },
  wrong('400: a folder of more than 50 characters', 'folder', ['x'.repeat(51), 5]),
  wrong('400: notes of more than 500 characters', 'notes', ['x'.repeat(501), ['x']]),
  {
    says: 'A folder of 50 characters and notes of 500 are kept',
    people: { ann: {} },
    steps: [
      {
        send: by('ann', { originalUrl: url, folder: 'é'.repeat(50), notes: '日'.repeat(500) }),
        expect: made({ folder: 'é'.repeat(50), notes: '日'.repeat(500) }),
      },
    ],
  },
  {
    says: '401 Missing or invalid API key, whatever the body says',
    people: { ann: {} },
    steps: [{ originalUrl: url }, {}, '{'].flatMap((body): Step[] => [
      { send: { path: '/api/links', body }, expect: refusal(401, 'Missing API key') },
      {
        send: (saved) => by('ann', body, { 'x-api-key': 'sk_live_xxxxx' })(saved),
        expect: refusal(401, 'Invalid API key'),
      },
      {
        send: (saved) => by('ann', body, { 'x-api-key': `sk_${'0'.repeat(64)}` })(saved),
        expect: refusal(401, 'Invalid API key'),
      },
      {
        send: (saved) => ({ path: '/api/links', headers: { Cookie: saved.annCookie ?? '' }, body }),
        expect: refusal(401, 'Missing API key'),
      },
    ]),
  },
  {
    says: '401 Inactive API key',
    people: { ann: {} },
    steps: [
      own('ann', '/keys', {}, 'off'),
      { send: by('off', { originalUrl: url }), expect: { status: 201 } },
      {
        send: (saved) =>
          as('ann', { method: 'PATCH', path: `/keys/${saved.off}`, body: { active: false } })(
            saved,
          ),
        expect: { status: 200 },
      },
      { send: by('off', { originalUrl: url }), expect: refusal(401, 'Inactive API key') },
    ],
  },
  {
    says: '401 Expired API key',
    people: { ann: {} },
    pass: { 2: day },
    steps: [
      own('ann', '/keys', { expiresAt: new Date(dawn + day).toISOString() }, 'short'),
      { send: by('short', { originalUrl: url }), expect: { status: 201 } },
      { send: by('short', { originalUrl: url }), expect: refusal(401, 'Expired API key') },
    ],
  },
  {
    says: '403 IP address does not allow access',
    people: { ann: {} },
    steps: [
      own('ann', '/keys', { allowedIps: ['203.0.113.0/24', '2001:db8::/32'] }, 'bound'),
      {
        send: by('bound', { originalUrl: url }, { 'X-Forwarded-For': '203.0.113.9' }),
        expect: { status: 201 },
      },
      {
        send: by('bound', { originalUrl: url }, { 'X-Forwarded-For': '2001:db8::9' }),
        expect: { status: 201 },
      },
      {
        send: by('bound', { originalUrl: url }, { 'X-Forwarded-For': '203.0.114.9' }),
        expect: refusal(403, 'IP address does not allow access'),
      },
    ],
  },
  {
    says: '403 Plan does not allow access, whatever the body says',
    people: { ann: { plan: 'free' } },
    steps: [{ originalUrl: url }, '{'].map((body) => ({
      send: by('ann', body),
      expect: refusal(403, 'Plan does not allow access'),
    })),
  },
  {
    says: '429 Rate limit exceeded: as many requests an hour as the plan has',
    people: { ann: { plan: 'free' }, bob: { plan: 'pro' } },
    steps: [
      {
        send: by('bob', { originalUrl: url }),
        expect: { status: 201, headers: { 'ratelimit-limit': '1000' } },
      },
      {
        send: by('ann', { originalUrl: url }),
        expect: { status: 403, headers: { 'ratelimit-limit': '100' } },
        times: 100,
      },
      {
        send: by('ann', { originalUrl: url }),
        expect: {
          ...refusal(429, 'Rate limit exceeded'),
          headers: { 'retry-after': expect.stringMatching(/^[1-9]\d*$/) },
        },
      },
      { send: bulk('ann', [{ originalUrl: url }]), expect: refusal(429, 'Rate limit exceeded') },
    ],
  },
  {
    says: 'A temporary guest link, for a no-login integration',
    steps: [
      {
        send: guest({ originalUrl: url, customAlias: 'read-this' }),
        expect: made({
          shortCode: 'read-this',
          shortUrl: expect.stringContaining('/read-this'),
          expiresAt: expect.stringMatching(/Z$/),
        }),
      },
      { send: { path: '/read-this' }, expect: { status: 302, headers: { location: url } } },
    ],
  },
  {
    says: 'Guest links support aliases, passwords, and an optional earlier expiration date, and expire within 7 days',
    pass: { 4: 7 * day },
    steps: [
      {
        send: guest({ originalUrl: url }),
        expect: made({ expiresAt: new Date(dawn + 7 * day).toISOString() }),
        save: ({ json }) => ({ code: json.data.shortCode }),
      },
      {
        send: guest({
          originalUrl: url,
          password: 'open sesame',
          expiresAt: new Date(dawn + day).toISOString(),
          maxClicks: 5,
          tags: ['x'],
        }),
        expect: made({ expiresAt: new Date(dawn + day).toISOString() }),
      },
      {
        send: guest({ originalUrl: url, expiresAt: new Date(dawn + 7 * day + 1).toISOString() }),
        expect: bad('expiresAt'),
      },
      { send: ({ code }) => ({ path: `/${code}` }), expect: { status: 302 } },
      { send: ({ code }) => ({ path: `/${code}` }), expect: { status: 410 } },
    ],
  },
  {
    says: 'Guests need a server that lets strangers make links',
    with: { SNUG_PUBLIC: 'off' },
    steps: [
      { send: guest({ originalUrl: url }), expect: refusal(403) },
      { send: guest({ originalUrl: 5 }), expect: refusal(403) },
    ],
  },
  {
    says: 'Guests of one address make 10 links a minute',
    steps: [
      {
        send: guest({ originalUrl: url }),
        expect: { status: 201, headers: { 'ratelimit-limit': '10' } },
        times: 10,
      },
      { send: guest({ originalUrl: url }), expect: refusal(429, 'Rate limit exceeded') },
    ],
  },
  {
    says: 'Import links from the dashboard: each item is made or refused on its own',
    people: { ann: {} },
    steps: [
      {
        send: bulk('ann', [
          {
            originalUrl: 'https://example.com/launch',
            customAlias: 'bulk-launch',
            tags: ['marketing'],
            folder: 'Product Launches',
          },
          {
            originalUrl: 'https://example.com/docs',
            notes: 'Imported from the dashboard CSV tool',
          },
          { originalUrl: 'nonsense', customAlias: 'bulk-bad' },
          { originalUrl: url, customAlias: 'bulk-launch' },
          { originalUrl: url, maxClicks: 'many' },
          { originalUrl: url, startsAt: far(0), expiresAt: far(day), maxClicks: 3 },
          'not even an object',
        ]),
        expect: {
          status: 201,
          json: {
            success: true,
            message: '3 short links created, 4 refused',
            data: {
              created: [
                {
                  ...data,
                  originalUrl: 'https://example.com/launch',
                  shortCode: 'bulk-launch',
                  shortUrl: expect.stringContaining('/bulk-launch'),
                  tags: ['marketing'],
                  folder: 'Product Launches',
                },
                {
                  ...data,
                  originalUrl: 'https://example.com/docs',
                  notes: 'Imported from the dashboard CSV tool',
                },
                { ...data, startsAt: far(0), expiresAt: far(day), maxClicks: 3 },
              ],
              errors: [
                {
                  index: 2,
                  originalUrl: 'nonsense',
                  customAlias: 'bulk-bad',
                  message: expect.stringContaining('originalUrl must be'),
                },
                {
                  index: 3,
                  originalUrl: url,
                  customAlias: 'bulk-launch',
                  message: 'Alias is already in use',
                },
                {
                  index: 4,
                  originalUrl: url,
                  customAlias: null,
                  message: expect.stringContaining('maxClicks'),
                },
                { index: 6, originalUrl: null, customAlias: null, message: expect.any(String) },
              ],
            },
          },
          headers: { 'access-control-allow-origin': null },
        },
      },
    ],
  },
  {
    says: 'A bulk request that makes nothing is refused with every reason',
    people: { ann: {} },
    steps: [
      {
        send: bulk('ann', [{ originalUrl: 'nonsense' }, null]),
        expect: {
          status: 400,
          json: {
            success: false,
            message: expect.any(String),
            code: expect.any(String),
            data: {
              created: [],
              errors: [
                expect.objectContaining({ index: 0 }),
                expect.objectContaining({ index: 1 }),
              ],
            },
          },
        },
      },
      ...[
        [],
        Array(101).fill({ originalUrl: url }),
        undefined,
        null,
        { originalUrl: url },
        'x',
      ].map((links) => ({
        send: bulk('ann', links),
        expect: bad('links'),
      })),
      { send: bulk('ann', Array(100).fill({ originalUrl: url })), expect: { status: 201 } },
    ],
  },
  {
    says: 'Bulk uses the signed-in session rather than an API key, and our own pages only',
    people: { ann: {} },
    steps: [
      {
        send: (saved) => ({
          ...bulk('ann', [{ originalUrl: url }])(saved),
          headers: { 'x-api-key': saved.annKey ?? '' },
        }),
        expect: refusal(401),
      },
      {
        send: { path: '/api/links/bulk', body: { links: [{ originalUrl: url }] } },
        expect: refusal(401),
      },
      {
        send: bulk('ann', [{ originalUrl: url }], { 'Sec-Fetch-Site': 'cross-site' }),
        expect: refusal(403),
      },
    ],
  },
  {
    says: 'Everything below the root is refused in the dialect’s envelope',
    people: { ann: {} },
    steps: [
      { send: { path: '/api/links' }, expect: refusal(404) },
      { send: { path: '/api/links/abc' }, expect: refusal(404) },
      { send: { path: '/api/links/guest' }, expect: refusal(404) },
      { send: { path: '/api/links', method: 'DELETE' }, expect: refusal(404) },
      { send: by('ann', '{"originalUrl":'), expect: refusal(400) },
      { send: by('ann', '[]'), expect: refusal(400) },
      {
        send: by('ann', { originalUrl: url }, { 'Content-Type': 'text/plain' }),
        expect: refusal(400),
      },
      { send: by('ann', { originalUrl: url, notes: 'x'.repeat(600_000) }), expect: refusal(413) },
      { send: guest('null'), expect: refusal(400) },
    ],
  },
]
