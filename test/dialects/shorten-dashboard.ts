import { expect } from 'bun:test'
import type { Scenario, Step } from '../scenario'
import { dawn } from '../world'
import {
  busy,
  busyFreeLists,
  busyPaidLists,
  busyTotals,
  chrome,
  click,
  follow,
  instant,
  iphone,
  page,
  read,
  refusal,
  shorten,
  withKey,
} from './shorten-words'

const hour = 3_600_000
const day = 24 * hour
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)

const noFilters = {
  link: null,
  country: null,
  browser: null,
  os: null,
  from: null,
  to: null,
  hide_bots: false,
  tz_offset: 0,
}

const dashboard = (query: string, expected: Record<string, unknown>): Step =>
  read(`/api/dashboard${query}`, expect.objectContaining(expected))

const refused = (query: string): Step => ({
  send: withKey(`/api/dashboard?${query}`),
  expect: refusal(400),
})

const bind =
  (codes: unknown, key = 'key'): Step['send'] =>
  (saved) => ({
    path: '/api/bind',
    body: {
      access_key: saved[key],
      link_codes: Array.isArray(codes) ? codes.map((code) => saved[code] ?? code) : codes,
    },
  })

export const shortenDashboardScenarios: Scenario[] = [
  {
    says: 'Aggregated analytics across all links in your paid account',
    steps: [
      ...busy,
      shorten('second'),
      follow('second', iphone),
      shorten('third'),
      shorten('foreign', 'otherKey'),
      follow('foreign', chrome, 4),
      read('/api/dashboard', ({ code, second, third }: Record<string, string>) => ({
        access_level: 'paid',
        paid_expires_at: null,
        paid_days_remaining: null,
        filters: noFilters,
        total_links: 3,
        ...busyTotals,
        total_clicks: 7,
        total_unique_clicks: 3,
        clicks_by_date: [{ ...busyFreeLists.clicks_by_date[0], clicks: '7' }],
        clicks_by_country: [{ country: 'XX', clicks: '7' }],
        clicks_by_referrer: [
          { referer: 'Direct', clicks: '4' },
          { referer: 'https://twitter.com', clicks: '3' },
        ],
        ...busyPaidLists,
        clicks_by_browser: expect.arrayContaining([
          { browser: 'Chrome', clicks: '3' },
          { browser: 'Mobile Safari', clicks: '3' },
        ]),
        clicks_by_os: expect.arrayContaining([
          { os: 'Windows', clicks: '3' },
          { os: 'iOS', clicks: '3' },
        ]),
        clicks_by_device: [
          { device_type: 'desktop', clicks: '3' },
          { device_type: 'mobile', clicks: '3' },
          { device_type: 'bot', clicks: '1' },
        ],
        clicks_by_hour: expect.any(Array),
        recent_clicks: Array(7).fill(click()),
        links: [
          ...(
            [
              [code, 6, instant],
              [second, 1, instant],
              [third, 0, null],
            ] as const
          ).map(([short_code, total_clicks, last_click]) => ({
            short_code,
            short_url: expect.stringMatching(new RegExp(`/${short_code}$`)),
            original_url: page,
            total_clicks,
            creation_date: instant,
            last_click,
          })),
        ],
      })),
    ],
  },
  {
    says: '401: a dashboard key is required',
    with: { SNUG_DEFAULT_PLAN: 'free' },
    steps: [
      shorten(),
      { send: { path: '/api/dashboard' }, expect: refusal(401) },
      {
        send: { path: '/api/dashboard?key=never-seen-before' },
        expect: refusal(401, 'Invalid customer key'),
      },
      {
        send: withKey('/api/dashboard?from=nonsense'),
        expect: refusal(400),
      },
      { send: withKey('/api/dashboard'), expect: refusal(401, 'A dashboard key is required') },
      { send: bind(['code']), expect: refusal(401, 'A dashboard key is required') },
    ],
  },
  {
    says: 'GET /api/dashboard?key=your-secret-key-here&from=2026-01-01',
    steps: [
      shorten(),
      {
        send: ({ key }) => ({ path: `/api/dashboard?key=${key}&from=2026-01-01` }),
        expect: { status: 200, holds: ['"from":"2026-01-01"'] },
      },
    ],
  },
  {
    says: 'Filter to a specific short code',
    steps: [
      ...busy,
      shorten('second'),
      follow('second', iphone),
      read('/api/dashboard', expect.objectContaining({ total_clicks: 7 })),
      read(
        ({ second }) => `/api/dashboard?link=${second}`,
        expect.objectContaining({
          total_links: 1,
          total_clicks: 1,
          links: [expect.objectContaining({ total_clicks: 1 })],
        }),
      ),
      shorten('foreign', 'otherKey'),
      {
        send: withKey(({ foreign }) => `/api/dashboard?link=${foreign}`),
        expect: refusal(404, 'Short code not found'),
      },
      {
        send: withKey('/api/dashboard?link=nothing'),
        expect: refusal(404, 'Short code not found'),
      },
    ],
  },
  {
    says: 'Filter by country, browser, OS and bot status',
    steps: [
      ...busy,
      dashboard('?country=xx', {
        filters: { ...noFilters, country: 'XX' },
        total_clicks: 6,
        links: [expect.objectContaining({ total_clicks: 6 })],
      }),
      dashboard('?country=DE', { total_clicks: 0, clicks_by_country: [], recent_clicks: [] }),
      dashboard('?browser=Chrome', {
        filters: { ...noFilters, browser: 'Chrome' },
        total_clicks: 3,
        clicks_by_os: [{ os: 'Windows', clicks: '3' }],
      }),
      dashboard('?os=iOS', {
        total_clicks: 2,
        clicks_by_browser: [{ browser: 'Mobile Safari', clicks: '2' }],
      }),
      dashboard('?os=iOS&browser=Chrome', { total_clicks: 0, total_unique_clicks: 0 }),
      dashboard('?hide_bots=1', {
        filters: { ...noFilters, hide_bots: true },
        total_clicks: 5,
        bot_clicks: 0,
        total_unique_clicks: 2,
        clicks_by_bot: [],
        links: [expect.objectContaining({ total_clicks: 5 })],
      }),
      dashboard('?hide_bots=0', { total_clicks: 6, bot_clicks: 1 }),
    ],
  },
  {
    says: 'From a start date to an end date, whose whole day is included',
    pass: { 2: day, 4: day },
    steps: [
      shorten(),
      follow('code', chrome),
      follow('code', chrome, 2),
      follow('code', iphone),
      follow('code', chrome, 3),
      dashboard(`?from=${dayOf(dawn + day)}`, { total_clicks: 6 }),
      dashboard(`?from=${dayOf(dawn + day)}&to=${dayOf(dawn + day)}`, {
        total_clicks: 3,
        clicks_by_date: [{ date: dayOf(dawn + day), clicks: '3' }],
        recent_clicks: Array(3).fill(click()),
      }),
      dashboard(`?to=${dayOf(dawn)}`, { total_clicks: 1, total_unique_clicks: 1 }),
      dashboard(`?from=${dayOf(dawn + 5 * day)}`, { total_clicks: 0 }),
    ],
  },
  {
    says: 'Timezone offset in hours for the hourly chart',
    pass: { 1: 0 },
    steps: [
      shorten(),
      follow('code', chrome),
      dashboard('', { clicks_by_hour: [{ hour: 12, clicks: '1' }] }),
      dashboard('?tz_offset=2', { clicks_by_hour: [{ hour: 14, clicks: '1' }] }),
      dashboard('?tz_offset=-12', { clicks_by_hour: [{ hour: 0, clicks: '1' }] }),
      dashboard('?tz_offset=14', {
        filters: { ...noFilters, tz_offset: 14 },
        clicks_by_hour: [{ hour: 2, clicks: '1' }],
      }),
    ],
  },
  {
    says: '400: bad or inverted dates, an impossible offset, no country',
    steps: [
      shorten(),
      ...[
        'from=yesterday',
        'to=2026-13-01',
        'from=2026-02-30',
        'from=2026-1-1',
        'from=',
        'from=2026-03-02&to=2026-03-01',
        'tz_offset=15',
        'tz_offset=-13',
        'tz_offset=two',
        'tz_offset=1.5',
        'country=USA',
        'country=1',
        'hide_bots=yes',
        'from=2026-01-01T00:00',
      ].map(refused),
    ],
  },
  {
    says: 'Add existing links to your dashboard account by their short codes',
    steps: [
      shorten('mine'),
      shorten('u81', 'otherKey'),
      shorten('ptn', 'thirdKey'),
      {
        send: bind(['u81', 'ptn', 'abc123']),
        expect: {
          status: 200,
          json: { bound: 2, skipped: [{ code: 'abc123', reason: 'not found' }] },
        },
      },
      {
        send: bind(['mine', 'u81', 'u81']),
        expect: ({ mine, u81 }) => ({
          status: 200,
          json: {
            bound: 0,
            skipped: [mine, u81, u81].map((code) => ({ code, reason: 'already bound' })),
          },
        }),
      },
      {
        send: bind(['u81'], 'thirdKey'),
        expect: ({ u81 }) => ({
          status: 200,
          json: { bound: 0, skipped: [{ code: u81, reason: 'not found' }] },
        }),
      },
      dashboard('', { total_links: 3 }),
      read(({ u81 }) => `/api/stats/${u81}`, expect.objectContaining({ access_level: 'paid' })),
      read(
        ({ u81 }) => `/api/stats/${u81}`,
        expect.objectContaining({ access_level: 'paid' }),
        'otherKey',
      ),
      read('/api/dashboard', expect.objectContaining({ total_links: 1 }), 'otherKey'),
    ],
  },
  {
    says: 'Links of accounts can’t be bound, and at most 100 codes at once',
    people: { ann: {} },
    steps: [
      shorten(),
      {
        send: ({ annKey = '' }) => ({
          path: '/api/v1/shorten',
          headers: { Authorization: `Bearer ${annKey}` },
          body: { url: page },
        }),
        expect: { status: 201 },
        save: ({ json }) => ({ hers: json.shortCode }),
      },
      {
        send: bind(['hers', 'a/b', '', '%00']),
        expect: ({ hers }) => ({
          status: 200,
          json: {
            bound: 0,
            skipped: [hers, 'a/b', '', '%00'].map((code) => ({ code, reason: 'not found' })),
          },
        }),
      },
      { send: bind([]), expect: { status: 200, json: { bound: 0, skipped: [] } } },
      { send: bind(Array(100).fill('nothing')), expect: { status: 200 } },
      { send: bind(Array(101).fill('nothing')), expect: refusal(400) },
      { send: bind('nothing'), expect: refusal(400) },
      { send: bind([7]), expect: refusal(400) },
      { send: bind(undefined), expect: refusal(400) },
      { send: { path: '/api/bind', body: { link_codes: ['abc'] } }, expect: refusal(401) },
    ],
  },
  ...(['/api/stats/nothing', '/api/dashboard', '/api/export/nothing?format=csv'] as const).map(
    (path): Scenario => ({
      says: `30 requests a minute and address: ${path}`,
      steps: [
        {
          send: { path },
          expect: {
            status: path === '/api/dashboard' ? 401 : 404,
            headers: { 'ratelimit-limit': '30' },
          },
          times: 30,
        },
        { send: { path }, expect: refusal(429, 'Rate limit exceeded') },
        shorten(),
      ],
    }),
  ),
  {
    says: '30 requests a minute and address: /api/bind',
    steps: [
      { send: { path: '/api/bind', body: {} }, expect: refusal(401), times: 30 },
      { send: { path: '/api/bind', body: {} }, expect: refusal(429) },
    ],
  },
]
