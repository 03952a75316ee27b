import { expect } from 'bun:test'
import type { Scenario, Step } from '../scenario'
import { as, page, refusal, root, shorten } from './v1-words'

const people = { ann: {}, bob: {} }
const wellFormed = `sk_${'0'.repeat(64)}`

const refused = (says: string, body: unknown, code: string): Scenario => ({
  says,
  people,
  steps: [
    { send: as('ann', { path: '/shorten', body }), expect: refusal(400, code) },
    { send: as('ann', { path: '/urls' }), expect: { status: 200, holds: ['"total":0'] } },
  ],
})

const many = (count: number): Step[] =>
  Array.from({ length: count }, (_, at) => shorten('ann', `code${at}`, `${page}/${at}`))

const paged = (number: number, from: number, to: number): Step => ({
  send: as('ann', { path: `/urls?page=${number}&limit=10` }),
  expect: (saved) => ({
    status: 200,
    json: expect.objectContaining({
      data: Array.from({ length: Math.abs(to - from) }, (_, at) =>
        expect.objectContaining({ short_code: saved[`code${from - 1 - at}`] }),
      ),
      pagination: { page: number, limit: 10, total: 25, totalPages: 3 },
    }),
  }),
})

export const v1UrlsScenarios: Scenario[] = [
  {
    says: 'Shorten your first URL',
    people,
    steps: [
      {
        send: as('ann', { path: '/shorten', body: { url: page } }),
        expect: {
          status: 201,
          json: {
            success: true,
            shortCode: expect.stringMatching(/^[A-Za-z0-9]{6}$/),
            shortUrl: expect.stringMatching(/^http:\/\/[^/]+\/[A-Za-z0-9]{6}$/),
            originalUrl: page,
          },
        },
        save: ({ json }) => ({ code: json.shortCode }),
      },
      {
        send: ({ code }) => ({ path: `/${code}` }),
        expect: { status: 302, headers: { location: page } },
      },
    ],
  },
  {
    says: 'INVALID_API_KEY: API key is missing, malformed, or not found',
    steps: [
      ...[
        undefined,
        'Bearer',
        'Bearer nonsense',
        `Bearer ${wellFormed}`,
        `Basic ${wellFormed}`,
      ].map(
        (Authorization): Step => ({
          send: {
            path: `${root}/shorten`,
            body: { url: 'not even a URL' },
            ...(Authorization === undefined ? {} : { headers: { Authorization } }),
          },
          expect: refusal(401, 'INVALID_API_KEY'),
        }),
      ),
      { send: { path: `${root}/urls` }, expect: refusal(401, 'INVALID_API_KEY') },
      {
        send: { path: `${root}/urls/abc`, method: 'DELETE' },
        expect: refusal(401, 'INVALID_API_KEY'),
      },
    ],
  },
  {
    says: 'AUTH_REQUIRED: Analytics endpoint requires API key authentication',
    steps: [
      {
        send: { path: `${root}/analytics/abc` },
        expect: refusal(401, 'AUTH_REQUIRED', 'Analytics endpoint requires API key authentication'),
      },
      { send: { path: `${root}/analytics/overview` }, expect: refusal(401, 'AUTH_REQUIRED') },
      {
        send: {
          path: `${root}/analytics/overview?start=nonsense`,
          headers: { Authorization: `Bearer ${wellFormed}` },
        },
        expect: refusal(401, 'INVALID_API_KEY'),
      },
    ],
  },
  refused('URL_REQUIRED: no URL was provided in the request body', {}, 'URL_REQUIRED'),
  refused('URL_REQUIRED: an empty one', { url: '' }, 'URL_REQUIRED'),
  refused('URL_REQUIRED: only spaces', { url: '  ' }, 'URL_REQUIRED'),
  refused('URL_REQUIRED: null', { url: null }, 'URL_REQUIRED'),
  refused('INVALID_URL: must be http:// or https://', { url: 'ftp://example.com' }, 'INVALID_URL'),
  refused('INVALID_URL: JavaScript', { url: 'javascript:alert(1)' }, 'INVALID_URL'),
  refused('INVALID_URL: a word', { url: 'example' }, 'INVALID_URL'),
  refused('INVALID_URL: a number', { url: 7 }, 'INVALID_URL'),
  refused('INVALID_URL: an object', { url: { href: page } }, 'INVALID_URL'),
  refused('INVALID_URL: max 2048 characters', { url: `${page}${'a'.repeat(2048)}` }, 'INVALID_URL'),
  refused('INVALID_PARAMETER: broken JSON', '{"url":', 'INVALID_PARAMETER'),
  refused('INVALID_PARAMETER: no object', [page], 'INVALID_PARAMETER'),
  {
    says: '2048 characters are not too many',
    people,
    steps: [shorten('ann', 'code', `https://example.com/${'a'.repeat(2028)}`)],
  },
  {
    says: 'A body must be declared as JSON, and not be larger than 512 KiB',
    people,
    steps: [
      {
        send: as('ann', {
          path: '/shorten',
          headers: { 'Content-Type': 'text/plain' },
          body: JSON.stringify({ url: page }),
        }),
        expect: refusal(400, 'INVALID_PARAMETER'),
      },
      {
        send: as('ann', { path: '/shorten', body: { url: page, filler: 'x'.repeat(600_000) } }),
        expect: refusal(413, 'BODY_TOO_LARGE'),
      },
    ],
  },
  {
    says: 'Returns URLs owned by the API key holder',
    people,
    steps: [
      shorten('ann'),
      shorten('bob', 'foreign'),
      {
        send: as('ann', { path: '/urls' }),
        expect: ({ code, foreign = '' }) => ({
          status: 200,
          json: {
            success: true,
            data: [
              {
                id: expect.any(Number),
                short_code: code,
                short_url: expect.stringMatching(new RegExp(`/${code}$`)),
                original_url: page,
                click_count: 0,
                created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
              },
            ],
            pagination: { page: 1, limit: 50, total: 1, totalPages: 1 },
            totalClicks: 0,
          },
          hides: [foreign],
        }),
      },
    ],
  },
  {
    says: 'Sorted by newest first, page by page: 25 links page exactly',
    people,
    pass: { 10: 1, 20: 60_000 },
    steps: [
      ...many(25),
      paged(1, 25, 15),
      paged(2, 15, 5),
      paged(3, 5, 0),
      {
        send: as('ann', { path: '/urls?page=4&limit=10' }),
        expect: { status: 200, json: expect.objectContaining({ data: [] }) },
      },
    ],
  },
  {
    says: 'Values beyond the bounds are clamped: page from 1, limit from 1 to 100',
    people,
    steps: [
      shorten('ann'),
      ...(
        [
          ['page=0&limit=0', 1, 1],
          ['page=-7&limit=-7', 1, 1],
          ['page=1&limit=101', 1, 100],
          ['page=1.9&limit=10.5', 1, 10],
          ['limit=99999999999999999999', 1, 100],
          ['page=99999999999999999999', 10_000_000_000, 50],
        ] as const
      ).map(
        ([query, number, limit]): Step => ({
          send: as('ann', { path: `/urls?${query}` }),
          expect: {
            status: 200,
            json: expect.objectContaining({
              pagination: { page: number, limit, total: 1, totalPages: 1 },
            }),
          },
        }),
      ),
      ...['page=abc', 'limit=ten', 'page=', 'limit=1e3'].map(
        (query): Step => ({
          send: as('ann', { path: `/urls?${query}` }),
          expect: refusal(400, 'INVALID_PARAMETER'),
        }),
      ),
    ],
  },
  {
    says: 'Deleted links return 410 Gone when visited',
    people,
    steps: [
      shorten('ann'),
      { send: ({ code }) => ({ path: `/${code}` }), expect: { status: 302 } },
      {
        send: as('ann', ({ code }) => ({ path: `/urls/${code}`, method: 'DELETE' })),
        expect: { status: 200, json: { success: true, message: 'URL deleted' } },
      },
      { send: ({ code }) => ({ path: `/${code}` }), expect: { status: 410 } },
      {
        send: as('ann', ({ code }) => ({ path: `/urls/${code}`, method: 'DELETE' })),
        expect: refusal(404, 'NOT_FOUND'),
      },
      {
        send: as('ann', ({ code }) => ({ path: `/analytics/${code}` })),
        expect: refusal(404, 'NOT_FOUND'),
      },
      { send: as('ann', { path: '/urls' }), expect: { status: 200, holds: ['"data":[]'] } },
    ],
  },
  {
    says: 'FORBIDDEN: you can only delete URLs you own',
    people,
    steps: [
      shorten('ann'),
      {
        send: as('bob', ({ code }) => ({ path: `/urls/${code}`, method: 'DELETE' })),
        expect: refusal(403, 'FORBIDDEN', 'You don’t own this URL'),
      },
      { send: ({ code }) => ({ path: `/${code}` }), expect: { status: 302 } },
    ],
  },
  {
    says: 'A URL may be deleted by its numeric id',
    people,
    steps: [
      shorten('ann'),
      {
        send: as('ann', { path: '/urls' }),
        expect: { status: 200 },
        save: ({ json }) => ({ id: `${json.data[0].id}` }),
      },
      {
        send: as('bob', ({ id }) => ({ path: `/urls/${id}`, method: 'DELETE' })),
        expect: refusal(403, 'FORBIDDEN'),
      },
      {
        send: as('ann', ({ id }) => ({ path: `/urls/${id}`, method: 'DELETE' })),
        expect: { status: 200, json: { success: true, message: 'URL deleted' } },
      },
      { send: ({ code }) => ({ path: `/${code}` }), expect: { status: 410 } },
    ],
  },
  {
    says: 'INVALID_ID: URL ID is missing or not a valid number',
    people,
    steps: [
      '/urls',
      '/urls/',
      '/urls/a.b',
      '/urls/%20',
      '/urls/%C0%AF',
      `/urls/${'a'.repeat(51)}`,
    ].map((path) => ({
      send: as('ann', { path, method: 'DELETE' }),
      expect: refusal(400, 'INVALID_ID', 'URL ID is missing or not a valid number'),
    })),
  },
  {
    says: 'NOT_FOUND: no such URL, no such endpoint',
    people,
    steps: [
      {
        send: as('ann', { path: '/urls/nothing', method: 'DELETE' }),
        expect: refusal(404, 'NOT_FOUND'),
      },
      {
        send: as('ann', { path: '/urls/999999', method: 'DELETE' }),
        expect: refusal(404, 'NOT_FOUND'),
      },
      { send: as('ann', { path: '/analytics/nothing' }), expect: refusal(404, 'NOT_FOUND') },
      { send: as('ann', { path: '/nothing' }), expect: refusal(404, 'NOT_FOUND') },
      { send: { path: root }, expect: refusal(404, 'NOT_FOUND') },
      { send: as('ann', { path: '/shorten' }), expect: refusal(404, 'NOT_FOUND') },
      {
        send: as('ann', { path: '/urls/a/b', method: 'DELETE' }),
        expect: refusal(404, 'NOT_FOUND'),
      },
    ],
  },
  {
    says: 'POST /api/v1/shorten: 30 requests per minute, a key each',
    people,
    steps: [
      {
        send: as('ann', { path: '/shorten', body: { url: page } }),
        expect: { status: 201, headers: { 'ratelimit-limit': '30' } },
        times: 30,
      },
      {
        send: as('ann', { path: '/shorten', body: { url: page } }),
        expect: {
          ...refusal(
            429,
            'RATE_LIMITED',
            expect.stringMatching(/^Rate limit exceeded\. Try again in [1-9]\d* seconds\.$/),
          ),
          headers: { 'retry-after': expect.stringMatching(/^[1-9]\d*$/) },
        },
      },
      { send: as('ann', { path: '/urls' }), expect: { status: 200 } },
      shorten('bob'),
    ],
  },
  {
    says: 'POST /api/v1/shorten: 500 requests per day',
    people,
    pass: Object.fromEntries(Array.from({ length: 17 }, (_, at) => [at, 60_000])),
    steps: [
      ...Array.from(
        { length: 16 },
        (): Step => ({
          send: as('ann', { path: '/shorten', body: { url: page } }),
          expect: { status: 201 },
          times: 30,
        }),
      ),
      {
        send: as('ann', { path: '/shorten', body: { url: page } }),
        expect: { status: 201 },
        times: 25, // 480 of 500 are gone, and 5.5 came back in 16 minutes
      },
      {
        send: as('ann', { path: '/shorten', body: { url: page } }),
        expect: refusal(429, 'RATE_LIMITED'),
      },
    ],
  },
  ...(['/urls', '/analytics/overview'] as const).map(
    (path): Scenario => ({
      says: `${path}: 60 requests per minute`,
      people,
      pass: {}, // a slow machine takes longer than the second in which one comes back
      steps: [
        { send: as('ann', { path }), expect: { status: 200 }, times: 60 },
        { send: as('ann', { path }), expect: refusal(429, 'RATE_LIMITED') },
        { send: as('bob', { path }), expect: { status: 200 } },
      ],
    }),
  ),
]
