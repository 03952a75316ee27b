import { expect } from 'bun:test'
import type { Scenario, Step } from '../scenario'
import { as, problem, refusedAlike, root } from './snug-words'

const put = (path: string, body: unknown) => as('root', { method: 'PUT', path, body })
const get = (path: string) => as('root', { path })

const free = {
  name: 'free',
  requestsPerHour: 100,
  mintKeys: false,
  customCodes: false,
  allExports: false,
  fullStats: false,
  apiAccess: false,
}
const all = { mintKeys: true, customCodes: true, allExports: true, fullStats: true }
const pro = { name: 'pro', requestsPerHour: 1000, ...all, apiAccess: true }
const enterprise = { ...pro, name: 'enterprise', requestsPerHour: null }
const team = { ...pro, name: 'team', requestsPerHour: 5 }

const people = { root: { role: 'admin' }, bob: {} } as const

const shorten = (status: number, extra: Partial<Step> = {}): Step => ({
  send: { path: '/api/shorten', body: { url: 'https://example.com/' } },
  expect: { status },
  ...extra,
})

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

const follow: Step = {
  send: ({ code }) => ({ path: `/${code}`, headers: { DNT: '1', 'User-Agent': firefox } }),
  expect: { status: 302 },
}

const uniqueClicks = (clicks: number, visitors: number): Step => ({
  send: ({ code }) => ({ path: `/api/stats/${code}` }),
  expect: {
    status: 200,
    json: expect.objectContaining({ total_clicks: clicks, total_unique_clicks: visitors }),
  },
})

const settings = {
  public: true,
  signup: 'off',
  defaultPlan: 'enterprise',
  redirectStatus: 302,
  clickRetentionDays: 0,
  honorDnt: true,
}
const fromDefaults = Object.fromEntries(Object.keys(settings).map((name) => [name, 'default']))

export const snugRuleScenarios: Scenario[] = [
  {
    says: 'Plans, limits and settings are for administrators only',
    people,
    steps: [
      ...refusedAlike(
        ['/plans', '/limits', '/settings'].flatMap((path) => [
          as('bob', { path }),
          as('bob', { method: 'PUT', path, body: { data: [] } }),
        ]),
        problem(403, 'admin_required'),
      ),
      ...refusedAlike(
        ['/plans', '/limits'].map((path) => () => ({ path: root + path })),
        problem(401, 'key_missing'),
      ),
      {
        send: ({ rootKey = '' }) => ({
          path: `${root}/settings`,
          headers: { 'X-API-Key': rootKey },
        }),
        expect: problem(401, 'session_missing'),
      },
    ],
  },
  {
    says: 'Administrators edit plans, add some and take them away again',
    people,
    steps: [
      { send: get('/plans'), expect: { status: 200, json: { data: [free, pro, enterprise] } } },
      {
        send: put('/plans', { data: [{ ...free, requestsPerHour: 7 }, pro, enterprise, team] }),
        expect: {
          status: 200,
          json: { data: [team, { ...free, requestsPerHour: 7 }, pro, enterprise] },
        },
      },
      {
        send: put('/plans', { data: [free, pro, enterprise] }),
        expect: { status: 200, json: { data: [free, pro, enterprise] } },
      },
    ],
  },
  {
    says: 'A change of plans is refused whole when it can’t be made',
    people: { ...people, ann: { plan: 'team' } },
    pass: {}, // a running server lets nobody be on a plan that is still to come
    steps: [
      { send: put('/plans', { data: [free, pro, enterprise, team] }), expect: { status: 200 } },
      ...[
        [free, pro, enterprise],
        [free, pro, team],
        [free, free, pro, enterprise, team],
        [],
        [free, pro, enterprise, { ...team, name: 'Team Ü' }],
        [free, pro, enterprise, { ...team, requestsPerHour: 0 }],
        [free, pro, enterprise, { ...team, requestsPerHour: 'many' }],
        [free, pro, enterprise, { ...team, requestsPerHour: '5' }],
        [free, pro, enterprise, { name: 'team' }],
      ].map((data) => ({ send: put('/plans', { data }), expect: problem(400, 'input_invalid') })),
      {
        send: get('/plans'),
        expect: { status: 200, json: { data: [team, free, pro, enterprise] } },
      },
    ],
  },
  {
    says: 'A limit that is overridden holds from the next request on, and so does its end',
    people,
    steps: [
      shorten(200),
      {
        send: put('/limits', { data: [{ id: 'shorten.shorten.minute', max: 1, per: 60_000 }] }),
        expect: { status: 200 },
      },
      shorten(200, { expect: { status: 200, headers: { 'ratelimit-limit': '1' } } }),
      shorten(429),
      {
        send: get('/limits'),
        expect: {
          status: 200,
          json: {
            enforced: true,
            data: expect.arrayContaining([
              {
                id: 'shorten.shorten.minute',
                on: '/api/shorten',
                by: 'address',
                max: 1,
                per: 60_000,
                declared: { max: 30, per: 60_000 },
                overridden: true,
              },
            ]),
          },
        },
      },
      {
        send: put('/limits', { data: [{ id: 'shorten.shorten.minute', max: null, per: 60_000 }] }),
        expect: { status: 200 },
      },
      shorten(200, { times: 40, expect: { status: 200, headers: { 'ratelimit-limit': null } } }),
      {
        send: put('/limits', { data: [{ id: 'shorten.shorten.minute', max: 30, per: 60_000 }] }),
        expect: {
          status: 200,
          json: expect.objectContaining({
            data: expect.arrayContaining([
              expect.objectContaining({ id: 'shorten.shorten.minute', overridden: false }),
            ]),
          }),
        },
      },
      shorten(429),
    ],
  },
  {
    says: 'What can’t be a limit is refused',
    people,
    steps: [
      { id: 'shorten.nothing', max: 1, per: 60_000 },
      { id: 'shorten.shorten.minute', max: 0, per: 60_000 },
      { id: 'shorten.shorten.minute', max: 1.5, per: 60_000 },
      { id: 'shorten.shorten.minute', max: '5', per: 60_000 },
      { id: 'shorten.shorten.minute', max: 5, per: '60000' },
      { id: 'shorten.shorten.minute', max: 1, per: 1 },
      { id: 'shorten.shorten.minute', max: 1, per: 1e15 },
      { id: '__proto__', max: 1, per: 60_000 },
      { id: 'shorten.shorten.minute' },
    ].map((change) => ({
      send: put('/limits', { data: [change] }),
      expect: problem(400, 'input_invalid'),
    })),
  },
  {
    says: 'Settings say where they come from, and take back what they gave',
    people,
    with: { SNUG_REDIRECT_STATUS: '307' },
    steps: [
      {
        send: get('/settings'),
        expect: {
          status: 200,
          json: {
            ...settings,
            redirectStatus: 307,
            sources: { ...fromDefaults, redirectStatus: 'environment' },
          },
        },
      },
      {
        send: put('/settings', {
          ...settings,
          redirectStatus: 301,
          signup: 'open',
          sources: fromDefaults,
        }),
        expect: {
          status: 200,
          json: {
            ...settings,
            redirectStatus: 301,
            signup: 'open',
            sources: { ...fromDefaults, redirectStatus: 'setting', signup: 'setting' },
          },
        },
      },
      {
        send: put('/settings', { redirectStatus: null }),
        expect: {
          status: 200,
          json: {
            ...settings,
            redirectStatus: 307,
            signup: 'open',
            sources: { ...fromDefaults, redirectStatus: 'environment', signup: 'setting' },
          },
        },
      },
      {
        send: put('/settings', { signup: 'off' }),
        expect: {
          status: 200,
          json: {
            ...settings,
            redirectStatus: 307,
            sources: { ...fromDefaults, redirectStatus: 'environment' },
          },
        },
      },
    ],
  },
  {
    says: 'Settings of unknown names and wrong types are refused, and nothing is changed',
    people,
    steps: [
      ...[
        { publik: false },
        { public: 'off' },
        { public: 0 },
        { signup: 'maybe' },
        { signup: true },
        { defaultPlan: 'gold' },
        { defaultPlan: 7 },
        { redirectStatus: 303 },
        { redirectStatus: '301' },
        { clickRetentionDays: -1 },
        { clickRetentionDays: 1.5 },
        { clickRetentionDays: 36_501 },
        { honorDnt: 'on' },
        { toString: 1 },
        { constructor: null },
        { inForce: true },
      ].map((change) => ({
        send: put('/settings', { public: false, ...change }),
        expect: problem(400, 'input_invalid', Object.keys(change)[0]),
      })),
      {
        send: put('/settings', '{"public": false, "__proto__": {"signup": "open"}}'),
        expect: problem(400, 'input_invalid'),
      },
      {
        send: get('/settings'),
        expect: { status: 200, json: { ...settings, sources: fromDefaults } },
      },
    ],
  },
  {
    says: 'Strangers may or may not make links from the moment the setting says so',
    people,
    steps: [
      shorten(200),
      { send: { path: '/' }, expect: { status: 200, holds: ['<form'] } },
      { send: put('/settings', { public: false }), expect: { status: 200 } },
      shorten(401),
      { send: { path: '/' }, expect: { status: 200, holds: ['own accounts'], hides: ['<form'] } },
      {
        send: { path: `${root}/session` },
        expect: { status: 200, json: expect.objectContaining({ public: false }) },
      },
      { send: put('/settings', { public: true }), expect: { status: 200 } },
      shorten(200),
    ],
  },
  {
    says: 'Links that choose no status redirect with the one that the setting names, known ones too',
    people,
    steps: [
      shorten(200, { save: ({ json }) => ({ code: json.short_code }) }),
      { send: ({ code }) => ({ path: `/${code}` }), expect: { status: 302 } },
      { send: put('/settings', { redirectStatus: 307 }), expect: { status: 200 } },
      { send: ({ code }) => ({ path: `/${code}` }), expect: { status: 307 } },
      { send: put('/settings', { redirectStatus: null }), expect: { status: 200 } },
      { send: ({ code }) => ({ path: `/${code}` }), expect: { status: 302 } },
    ],
  },
  {
    says: 'Visitors who ask not to be tracked are believed for as long as the setting says so',
    people,
    steps: [
      shorten(200, {
        save: ({ json }) => ({ code: json.short_code, key: json.customer_secret_key }),
      }),
      follow,
      uniqueClicks(1, 0),
      { send: put('/settings', { honorDnt: false }), expect: { status: 200 } },
      follow,
      uniqueClicks(2, 1),
    ],
  },
  {
    says: 'The plan of new accounts is the one that the setting names, and can’t be taken away then',
    people,
    steps: [
      { send: put('/plans', { data: [free, pro, enterprise, team] }), expect: { status: 200 } },
      { send: put('/settings', { defaultPlan: 'team' }), expect: { status: 200 } },
      {
        send: as('root', { path: '/accounts', body: { email: 'new@example.com' } }),
        expect: { status: 201, json: expect.objectContaining({ plan: 'team' }) },
      },
      {
        send: put('/plans', { data: [free, pro, enterprise] }),
        expect: problem(400, 'input_invalid', 'data'),
      },
    ],
  },
]
