import { expect } from 'bun:test'
import type { Expected, Saved, Scenario, Step } from '../scenario'
import type { Send } from '../world'

const page = 'https://example.com'
const people = { ann: {}, bob: {} }
const iso = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

const noKey = 'Authentication required - Please provide valid API key or session'
const noSession = 'Unauthorized - User session required'
const taken = 'This short code is already taken. Please choose another one.'
const badCode = 'shortCode must be 1 to 50 letters, digits, hyphens or underscores'

const refusal = (status: number, message: unknown): Expected => ({
  status,
  json: { error: message, message },
  headers: { 'content-type': expect.stringContaining('application/json') },
})

type Wanted = Send | ((saved: Saved) => Send)
const made = (send: Wanted, saved: Saved) => (typeof send === 'function' ? send(saved) : send)

const byKey =
  (name: string, send: Wanted) =>
  (saved: Saved): Send => {
    const { headers, ...rest } = made(send, saved)
    return { ...rest, headers: { 'x-api-key': saved[`${name}Key`] ?? '', ...headers } }
  }

const bySession =
  (name: string, send: Wanted) =>
  (saved: Saved): Send => {
    const { headers, ...rest } = made(send, saved)
    const cookie = { Cookie: saved[`${name}Cookie`] ?? '', 'Sec-Fetch-Site': 'same-origin' }
    return { ...rest, headers: { ...cookie, ...headers } }
  }

const create = (name: string, body: unknown, expected: Expected = { status: 200 }): Step => ({
  send: byKey(name, { path: '/api/urls/create', body }),
  expect: expected,
  ...(expected.status === 200 ? { save: ({ json }) => ({ code: json.shortCode }) } : {}),
})

const refusedUrl = (says: string, body: unknown, message: unknown): Scenario => ({
  says,
  people,
  steps: ['/api/urls', '/api/urls/create'].map((path) => ({
    send: byKey('ann', { path, body }),
    expect: refusal(400, message),
  })),
})

const invalid = 'url must be a valid http:// or https:// address of at most 2048 characters'

const mint: Step = {
  send: bySession('ann', { path: '/api/keys', method: 'POST' }),
  expect: {
    status: 200,
    json: { key: expect.stringMatching(/^sk_[0-9a-f]{64}$/), expiresAt: iso },
  },
  save: ({ json }) => ({ key: json.key, expiresAt: json.expiresAt }),
}

export const urlsScenarios: Scenario[] = [
  {
    says: 'Create a shortened URL',
    people,
    steps: [
      {
        send: byKey('ann', { path: '/api/urls', body: { url: page } }),
        expect: {
          status: 200,
          json: { shortCode: expect.stringMatching(/^[A-Za-z0-9]{6}$/), originalUrl: page },
        },
        save: ({ json }) => ({ code: json.shortCode }),
      },
      {
        send: ({ code }) => ({ path: `/${code}` }),
        expect: { status: 302, headers: { location: `${page}/` } },
      },
    ],
  },
  {
    says: 'A session is as good as an API key',
    people,
    steps: [
      {
        send: bySession('ann', { path: '/api/urls', body: { url: page } }),
        expect: { status: 200 },
      },
      {
        send: bySession('ann', {
          path: '/api/urls',
          headers: { 'Sec-Fetch-Site': 'cross-site' },
          body: { url: page },
        }),
        expect: refusal(403, expect.any(String)),
      },
    ],
  },
  {
    says: 'All API requests require authentication',
    steps: [
      { path: '/api/urls', body: { url: 'nonsense' } },
      { path: '/api/urls', body: '{broken' },
      { path: '/api/urls/create', body: { url: page } },
      { path: '/api/urls/abc' },
      { path: '/api/urls/abc', method: 'DELETE' },
      { path: '/api/urls', body: { url: page }, headers: { 'x-api-key': 'nonsense' } },
      { path: '/api/urls', body: { url: page }, headers: { 'x-api-key': `sk_${'0'.repeat(64)}` } },
      { path: '/api/urls', body: { url: page }, headers: { Cookie: 'session=nobody' } },
    ].map((send) => ({ send, expect: refusal(401, noKey) })),
  },
  {
    says: 'Create a shortened URL with optional custom code',
    people,
    steps: [
      create(
        'ann',
        { url: page, shortCode: 'my-Code_1' },
        {
          status: 200,
          json: {
            fullUrl: expect.stringMatching(/^http:\/\/[^/]+\/my-Code_1$/),
            shortCode: 'my-Code_1',
            originalUrl: page,
          },
        },
      ),
      create(
        'ann',
        { url: page },
        {
          status: 200,
          json: {
            fullUrl: expect.any(String),
            shortCode: expect.stringMatching(/^[A-Za-z0-9]{6}$/),
            originalUrl: page,
          },
        },
      ),
      create('ann', { url: page, shortCode: 'y' }),
      create('ann', { url: page, shortCode: 'z'.repeat(50) }),
    ],
  },
  {
    says: 'This short code is already taken. Please choose another one.',
    people,
    steps: [
      create('ann', { url: page, shortCode: 'urls-taken' }),
      create('bob', { url: page, shortCode: 'urls-taken' }, refusal(409, taken)),
      create('ann', { url: page, shortCode: 'urls-taken' }, refusal(409, taken)),
      create('ann', { url: page, shortCode: 'admin' }, refusal(409, taken)),
      create('ann', { url: page, shortCode: 'API' }, refusal(409, taken)),
      {
        send: byKey('ann', { path: '/api/urls/urls-taken', method: 'DELETE' }),
        expect: { status: 200 },
      },
      create('bob', { url: page, shortCode: 'urls-taken' }, refusal(409, taken)),
    ],
  },
  {
    says: 'A short code has 1 to 50 letters, digits, hyphens or underscores',
    people,
    steps: [
      ...['', 'x'.repeat(51), 'a b', 'a/b', 'a.b', 'ä', '../x', 7, null, {}].map((shortCode) =>
        create('ann', { url: page, shortCode }, refusal(400, badCode)),
      ),
    ],
  },
  {
    says: 'Custom short codes require a paid subscription',
    people: { eve: { plan: 'free' } },
    steps: [
      create(
        'eve',
        { url: page, shortCode: 'eves-own' },
        refusal(403, 'Custom short codes require a paid subscription'),
      ),
      create('eve', { url: page }),
      { send: { path: '/eves-own' }, expect: { status: 404 } },
    ],
  },
  refusedUrl('400: no url', {}, 'url is required'),
  refusedUrl('400: an empty url', { url: '' }, 'url is required'),
  refusedUrl('400: null', { url: null }, 'url is required'),
  refusedUrl('400: JavaScript', { url: 'javascript:alert(1)' }, invalid),
  refusedUrl('400: a number', { url: 5 }, invalid),
  refusedUrl('400: 2049 characters', { url: `${page}/${'a'.repeat(2029)}` }, invalid),
  refusedUrl('400: broken JSON', '{"url":', 'body: not valid JSON'),
  refusedUrl('400: an array', [page], expect.any(String)),
  {
    says: 'Get URL information',
    people,
    steps: [
      create('ann', { url: page }),
      { send: ({ code }) => ({ path: `/${code}` }), expect: { status: 302 }, times: 3 },
      {
        send: byKey('ann', ({ code }) => ({ path: `/api/urls/${code}` })),
        expect: ({ code }) => ({
          status: 200,
          json: { originalUrl: page, shortCode: code, clicks: 3 },
        }),
      },
      {
        send: bySession('ann', ({ code }) => ({ path: `/api/urls/${code}` })),
        expect: { status: 200 },
      },
      {
        send: byKey('bob', ({ code }) => ({ path: `/api/urls/${code}` })),
        expect: refusal(404, 'URL not found'),
      },
      {
        send: byKey('ann', { path: '/api/urls/nothing' }),
        expect: refusal(404, 'URL not found'),
      },
    ],
  },
  {
    says: 'Delete a shortened URL',
    people,
    steps: [
      create('ann', { url: page }),
      {
        send: byKey('bob', ({ code }) => ({ path: `/api/urls/${code}`, method: 'DELETE' })),
        expect: refusal(404, 'URL not found'),
      },
      { send: ({ code }) => ({ path: `/${code}` }), expect: { status: 302 } },
      {
        send: byKey('ann', ({ code }) => ({ path: `/api/urls/${code}`, method: 'DELETE' })),
        expect: { status: 200, json: { success: true } },
      },
      { send: ({ code }) => ({ path: `/${code}` }), expect: { status: 410 } },
      ...(['GET', 'DELETE'] as const).map(
        (method): Step => ({
          send: byKey('ann', ({ code }) => ({ path: `/api/urls/${code}`, method })),
          expect: refusal(404, 'URL not found'),
        }),
      ),
      ...['1', 'a.b', '%00', 'x'.repeat(3000)].map(
        (code): Step => ({
          send: byKey('ann', { path: `/api/urls/${code}`, method: 'DELETE' }),
          expect: refusal(404, 'URL not found'),
        }),
      ),
    ],
  },
  {
    says: 'Unauthorized - User session required',
    people,
    steps: [
      { path: '/api/keys' },
      { path: '/api/keys', method: 'POST' },
      { path: '/api/keys/abc', method: 'DELETE' },
    ].flatMap((send) => [
      { send, expect: refusal(401, noSession) },
      { send: byKey('ann', send), expect: refusal(401, noSession) },
    ]),
  },
  {
    says: 'Generate a new API key, list all API keys: the key is shown, and its requests are counted',
    people,
    steps: [
      mint,
      ...Array(3).fill({
        send: ({ key = '' }: Saved) => ({
          path: '/api/urls',
          headers: { 'x-api-key': key },
          body: { url: page },
        }),
        expect: { status: 200 },
      } satisfies Step),
      {
        send: bySession('ann', { path: '/api/keys' }),
        expect: ({ key, expiresAt }) => ({
          status: 200,
          json: [
            { key, expiresAt, requestsCount: 3 },
            {
              key: expect.stringMatching(/^sk_[0-9a-f]{8}_[0-9a-f]{4}$/),
              expiresAt: null,
              requestsCount: 0,
            },
          ],
        }),
      },
      {
        send: bySession('bob', { path: '/api/keys' }),
        expect: ({ key = '' }) => ({ status: 200, hides: [key] }),
      },
    ],
  },
  {
    says: 'Delete an API key, by itself or by its mask: it is refused from then on',
    people,
    steps: [
      mint,
      {
        send: bySession('bob', ({ key }) => ({ path: `/api/keys/${key}`, method: 'DELETE' })),
        expect: refusal(404, 'API key not found'),
      },
      {
        send: bySession('ann', ({ key }) => ({ path: `/api/keys/${key}`, method: 'DELETE' })),
        expect: { status: 200, json: { success: true } },
      },
      {
        send: ({ key = '' }) => ({ path: '/api/urls/abc', headers: { 'x-api-key': key } }),
        expect: refusal(401, noKey),
      },
      {
        send: bySession('ann', ({ key }) => ({ path: `/api/keys/${key}`, method: 'DELETE' })),
        expect: refusal(404, 'API key not found'),
      },
      mint,
      {
        send: bySession('ann', ({ key = '' }) => ({
          path: `/api/keys/${key.slice(0, 11)}_${key.slice(-4)}`,
          method: 'DELETE',
        })),
        expect: { status: 200, json: { success: true } },
      },
      {
        send: ({ key = '' }) => ({ path: '/api/urls/abc', headers: { 'x-api-key': key } }),
        expect: refusal(401, noKey),
      },
    ],
  },
  {
    says: 'API access requires a paid subscription',
    people: { eve: { plan: 'free' } },
    steps: [
      {
        send: bySession('eve', { path: '/api/keys', method: 'POST' }),
        expect: refusal(403, 'API access requires a paid subscription'),
      },
      {
        send: bySession('eve', { path: '/api/keys' }),
        expect: { status: 200, json: [expect.any(Object)] },
      },
    ],
  },
  {
    says: 'Rate limits vary by plan: free 100 requests/hour',
    people: { eve: { plan: 'free' } },
    steps: [
      {
        send: byKey('eve', { path: '/api/urls/nothing' }),
        expect: { status: 404, headers: { 'ratelimit-limit': '100' } },
        times: 100,
      },
      {
        send: byKey('eve', { path: '/api/urls', body: { url: page } }),
        expect: {
          ...refusal(429, expect.stringContaining('Rate limit exceeded')),
          headers: { 'retry-after': expect.stringMatching(/^[1-9]\d*$/) },
        },
      },
      {
        send: bySession('eve', { path: '/api/urls', body: { url: page } }),
        expect: refusal(429, expect.any(String)),
      },
    ],
  },
  {
    says: 'Pro: 1,000 requests/hour; enterprise: no limit but a custom one',
    people: { pia: { plan: 'pro' }, ann: {} },
    steps: [
      {
        send: byKey('pia', { path: '/api/urls', body: { url: page } }),
        expect: { status: 200, headers: { 'ratelimit-limit': '1000' } },
      },
      {
        send: byKey('ann', { path: '/api/urls', body: { url: page } }),
        expect: { status: 200, headers: { 'ratelimit-limit': null } },
      },
    ],
  },
  {
    says: 'Everything below the roots is refused in the dialect’s envelope',
    people,
    steps: [
      { send: byKey('ann', { path: '/api/urls' }), expect: refusal(404, expect.any(String)) },
      { send: byKey('ann', { path: '/api/urls/a/b' }), expect: refusal(404, expect.any(String)) },
      {
        send: byKey('ann', { path: '/api/urls', body: { url: page, filler: 'x'.repeat(600_000) } }),
        expect: refusal(413, expect.any(String)),
      },
      {
        send: bySession('ann', { path: '/api/keys', method: 'DELETE' }),
        expect: refusal(404, expect.any(String)),
      },
      {
        send: bySession('ann', { path: '/api/keys/%C0%AF', method: 'DELETE' }),
        expect: refusal(404, 'API key not found'),
      },
    ],
  },
]
