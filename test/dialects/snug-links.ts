import { expect } from 'bun:test'
import type { Expected, Saved, Scenario, Step } from '../scenario'
import type { Send } from '../world'
import { as, problem, root } from './snug-words'

const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const page = 'https://example.com/spring'

/** A request with somebody's key. */
export const by =
  (name: string, send: Send | ((saved: Saved) => Send)) =>
  (saved: Saved): Send => {
    const { headers, ...rest } = typeof send === 'function' ? send(saved) : send
    const key = { 'X-API-Key': saved[`${name}Key`] ?? '' }
    return { ...rest, path: `${root}${rest.path}`, headers: { ...key, ...headers } }
  }

/** Makes a link and remembers it. */
export const make = (name: string, body: Record<string, unknown> = {}): Step => ({
  send: by(name, { path: '/links', body: { destination: page, ...body } }),
  expect: { status: 201 },
  save: ({ json }) => ({ id: `${json.id}`, code: json.code }),
})

const one = (name: string, method: string, body?: unknown) =>
  by(name, ({ id }) => ({ method, path: `/links/${id}`, ...(body === undefined ? {} : { body }) }))

const fresh = {
  id: expect.any(Number),
  code: expect.stringMatching(/^[A-Za-z0-9]{6}$/),
  destination: page,
  shortUrl: expect.stringMatching(/^http:\/\/[^/]+\/[A-Za-z0-9]{6}$/),
  domainId: null,
  title: null,
  hasPassword: false,
  startsAt: null,
  expiresAt: null,
  maxClicks: null,
  clicks: 0,
  visitors: 0,
  lastClickAt: null,
  tags: [],
  folder: null,
  notes: null,
  campaignId: null,
  redirectStatus: null,
  forwardQuery: false,
  enabled: true,
  publicStats: false,
  unsafe: false,
  state: 'open',
  ownerId: expect.any(Number),
  createdAt: instant,
  updatedAt: instant,
}

const refused = (body: unknown, expected: Expected): Step => ({
  send: by('ann', { path: '/links', body }),
  expect: expected,
})

const listed = (name: string, query: string, json: object): Step => ({
  send: by(name, { path: `/links${query}` }),
  expect: { status: 200, json: expect.objectContaining(json) },
})

const codes = (...wanted: string[]) => ({
  data: wanted.map((code) => expect.objectContaining({ code })),
  total: wanted.length,
})

/** Every route of one link, as somebody may try it. */
const routesOfOne: readonly ((id: string) => Send)[] = [
  (id) => ({ path: `/links/${id}` }),
  (id) => ({ method: 'PATCH', path: `/links/${id}`, body: { title: 'Mine now' } }),
  (id) => ({ method: 'DELETE', path: `/links/${id}` }),
  (id) => ({ path: `/links/${id}/stats` }),
  (id) => ({ path: `/links/${id}/clicks` }),
  (id) => ({ path: `/links/${id}/export?format=csv` }),
  (id) => ({ path: `/links/${id}/qr.svg` }),
  (id) => ({ path: `/links/${id}/qr.png` }),
  (id) => ({ path: `/stats?link=${id}` }),
]

export const snugLinkScenarios: Scenario[] = [
  {
    says: 'A link is made with nothing but a destination, and shown whole',
    people: { ann: {} },
    steps: [
      {
        send: by('ann', { path: '/links', body: { destination: page } }),
        expect: { status: 201, json: fresh },
        save: ({ json }) => ({ id: `${json.id}` }),
      },
      { send: one('ann', 'GET'), expect: { status: 200, json: fresh } },
      listed('ann', '', { data: [fresh], page: 1, limit: 25, total: 1 }),
    ],
  },
  {
    says: 'A link is made with everything it can have; its password is never shown',
    people: { ann: {} },
    steps: [
      {
        send: as('ann', {
          path: '/links',
          body: {
            destination: page,
            code: 'Spring_1',
            title: 'Spring “sale” 🌱',
            password: 'sesame',
            startsAt: '2026-03-10T12:00:00Z',
            expiresAt: '2126-03-10T13:00:00+01:00',
            maxClicks: 5,
            tags: ['a', 'b', 'a'],
            folder: 'Mail',
            notes: 'n'.repeat(500),
            redirectStatus: 307,
            forwardQuery: true,
            enabled: true,
            publicStats: true,
          },
        }),
        expect: {
          status: 201,
          hides: ['sesame', 'argon2'],
          json: {
            ...fresh,
            code: 'Spring_1',
            shortUrl: expect.stringMatching(/\/Spring_1$/),
            title: 'Spring “sale” 🌱',
            hasPassword: true,
            state: 'open',
            maxClicks: 5,
            startsAt: '2026-03-10T12:00:00.000Z',
            expiresAt: '2126-03-10T12:00:00.000Z',
            tags: ['a', 'b'],
            folder: 'Mail',
            notes: 'n'.repeat(500),
            redirectStatus: 307,
            forwardQuery: true,
            publicStats: true,
          },
        },
      },
    ],
  },
  {
    says: 'Wrong fields are refused by name, and nothing is made',
    people: { ann: {} },
    steps: [
      refused({}, problem(400, 'url_missing')),
      refused({ destination: null }, problem(400, 'url_missing')),
      refused({ destination: 5 }, problem(400, 'url_invalid')),
      refused({ destination: 'javascript:alert(1)' }, problem(400, 'url_invalid')),
      refused({ destination: `https://a${'a'.repeat(100_000)}` }, problem(400, 'url_invalid')),
      refused({ destination: page, code: 'admin' }, problem(400, 'code_reserved')),
      refused({ destination: page, code: 'a b' }, problem(400, 'code_invalid')),
      refused({ destination: page, code: 'x'.repeat(100_000) }, problem(400, 'code_invalid')),
      refused({ destination: page, code: 7 }, problem(400, 'input_invalid', 'code')),
      ...Object.entries({
        title: ['x'.repeat(201), 5, {}],
        startsAt: ['tomorrow', '2026-02-30T00:00:00Z', 5],
        expiresAt: ['2020-01-01T00:00:00Z', 'x'.repeat(100_000)],
        maxClicks: [0, -1, 1.5, '5', 1e21],
        tags: ['a', ['not a tag'], ['ü'], Array.from({ length: 11 }, (_, i) => `t${i}`), [5]],
        folder: ['x'.repeat(51), []],
        notes: ['x'.repeat(100_000)],
        campaignId: ['f'.repeat(24), '\u0000', 5],
        domainId: ['f'.repeat(24), 5],
        redirectStatus: [200, 303, '301'],
        password: ['abc', 'x'.repeat(257), 5],
        enabled: ['yes', 1],
        forwardQuery: [0],
        publicStats: ['true'],
      }).flatMap(([field, values]) =>
        values.map((value) =>
          refused(
            { destination: page, [field]: value },
            problem(
              400,
              'input_invalid',
              Array.isArray(value) && typeof value[0] === 'number' ? undefined : field,
            ),
          ),
        ),
      ),
      refused(
        {
          destination: page,
          startsAt: '2126-01-02T00:00:00Z',
          expiresAt: '2126-01-01T00:00:00Z',
        },
        problem(400, 'input_invalid', 'expiresAt'),
      ),
      refused('{"destination"', problem(400, 'input_invalid', 'body')),
      refused('[]', problem(400, 'input_invalid')),
      refused('"x"', problem(400, 'input_invalid')),
      listed('ann', '', { total: 0 }),
    ],
  },
  {
    says: 'A code is had once, and not by a plan without codes of one’s own',
    people: { ann: {}, bob: { plan: 'free' } },
    steps: [
      make('ann', { code: 'mine' }),
      refused({ destination: page, code: 'mine' }, problem(409, 'code_taken')),
      {
        send: by('bob', { path: '/links', body: { destination: page, code: 'other' } }),
        expect: problem(403, 'plan_required'),
      },
      ...Object.entries({
        mine: 'taken',
        Mine: 'free',
        HEALTH: 'reserved',
        'a%20b': 'illegal',
        ['x'.repeat(51)]: 'illegal',
        bullshit: 'free',
      }).map(
        ([code, verdict]): Step => ({
          send: by('ann', { path: `/links/check?code=${code}` }),
          expect: {
            status: 200,
            json: {
              code: decodeURIComponent(code),
              verdict,
              available: verdict === 'free',
            },
          },
        }),
      ),
      { send: by('ann', { path: '/links/check' }), expect: problem(400, 'input_invalid', 'code') },
      {
        send: by('ann', { path: `/links/check?code=free&domainId=${'0'.repeat(24)}` }),
        expect: problem(400, 'input_invalid', 'domainId'),
      },
      { send: { path: `${root}/links/check?code=mine` }, expect: problem(401, 'key_missing') },
    ],
  },
  {
    says: 'A change says what it changes; null empties; the next visit sees it',
    people: { ann: {} },
    steps: [
      make('ann', { title: 'Old', tags: ['a'], folder: 'Box', password: 'sesame' }),
      {
        send: one('ann', 'PATCH', {
          destination: 'https://example.org/',
          password: null,
          folder: null,
        }),
        expect: {
          status: 200,
          json: expect.objectContaining({
            destination: 'https://example.org/',
            hasPassword: false,
            folder: null,
            title: 'Old',
            tags: ['a'],
          }),
        },
      },
      {
        send: ({ code }) => ({ path: `/${code}` }),
        expect: { status: 302, headers: { location: 'https://example.org/' } },
      },
      {
        send: one('ann', 'PATCH', { enabled: false }),
        expect: { status: 200, json: expect.objectContaining({ state: 'disabled' }) },
      },
      { send: ({ code }) => ({ path: `/${code}` }), expect: { status: 410 } },
      {
        send: one('ann', 'PATCH', { code: 'other' }),
        expect: problem(400, 'input_invalid', 'code'),
      },
      {
        send: one('ann', 'PATCH', { domainId: 'f'.repeat(24) }),
        expect: problem(400, 'input_invalid', 'domainId'),
      },
      { send: one('ann', 'PATCH', { destination: '' }), expect: problem(400, 'url_missing') },
      { send: one('ann', 'PATCH', { tags: 'x' }), expect: problem(400, 'input_invalid', 'tags') },
      { send: one('ann', 'PATCH', {}), expect: { status: 200 } },
    ],
  },
  {
    says: 'A deleted link answers 410, is listed only when asked for, and can’t be changed',
    people: { ann: {} },
    steps: [
      make('ann', { code: 'gone' }),
      { send: one('ann', 'DELETE'), expect: { status: 200, json: { deleted: true } } },
      { send: { path: '/gone' }, expect: { status: 410 } },
      { send: one('ann', 'DELETE'), expect: problem(410, 'link_gone') },
      { send: one('ann', 'PATCH', { title: 'x' }), expect: problem(410, 'link_gone') },
      {
        send: one('ann', 'GET'),
        expect: { status: 200, json: expect.objectContaining({ state: 'deleted' }) },
      },
      listed('ann', '', codes()),
      listed('ann', '?state=deleted', codes('gone')),
      refused({ destination: page, code: 'gone' }, problem(409, 'code_taken')),
    ],
  },
  {
    says: 'Links are found by words, tag, folder and state, sorted and paged',
    people: { ann: {} },
    steps: [
      make('ann', { code: 'alpha', title: 'Spring launch', tags: ['red'] }),
      make('ann', { code: 'beta', notes: 'for the LAUNCH', folder: 'Box' }),
      make('ann', { code: 'gamma', enabled: false, tags: ['red', 'blue'] }),
      listed('ann', '?q=launch&sort=code', codes('alpha', 'beta')),
      listed('ann', '?q=launch%20red', codes('alpha')),
      listed('ann', '?q=%25', codes()),
      listed('ann', '?tag=red&sort=-code', codes('gamma', 'alpha')),
      listed('ann', '?folder=Box', codes('beta')),
      listed('ann', '?state=disabled', codes('gamma')),
      listed('ann', '?state=open&sort=code', codes('alpha', 'beta')),
      listed('ann', '?sort=createdAt&limit=1&page=2', {
        ...codes('beta'),
        total: 3,
        page: 2,
        limit: 1,
      }),
      listed('ann', '?page=900000', { data: [], total: 3 }),
      ...[
        'limit=0',
        'limit=101',
        'page=0',
        'page=x',
        'sort=password_hash',
        'state=locked',
        `q=${'x'.repeat(201)}`,
        'account=x',
      ].map(
        (query): Step => ({
          send: by('ann', { path: `/links?${query}` }),
          expect: problem(400, 'input_invalid'),
        }),
      ),
    ],
  },
  {
    says: 'Totals stand in the rows, and clicks sort them',
    people: { ann: {} },
    steps: [
      make('ann', { code: 'often' }),
      make('ann', { code: 'never' }),
      {
        send: { path: '/often', headers: { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64)' } },
        expect: { status: 302 },
        times: 2,
      },
      listed('ann', '?sort=-clicks', {
        data: [
          expect.objectContaining({ code: 'often', clicks: 2, visitors: 1, lastClickAt: instant }),
          expect.objectContaining({ code: 'never', clicks: 0, visitors: 0, lastClickAt: null }),
        ],
      }),
    ],
  },
  {
    says: 'Nobody else’s link can be read or changed, whichever route asks',
    people: { ann: {}, bob: {} },
    steps: [
      make('ann'),
      ...routesOfOne.map(
        (send): Step => ({
          send: by('bob', ({ id = '' }) => send(id)),
          expect: problem(404, 'link_missing'),
        }),
      ),
      ...routesOfOne.map(
        (send): Step => ({
          send: ({ id = '' }) => ({ ...send(id), path: `${root}${send(id).path}` }),
          expect: problem(401, 'key_missing'),
        }),
      ),
      ...routesOfOne.map(
        (send): Step => ({ send: by('bob', send('999999')), expect: problem(404, 'link_missing') }),
      ),
      ...['0', '-1', 'x', '1.5', '%00'].map(
        (id): Step => ({
          send: by('ann', { path: `/links/${id}` }),
          expect: problem(400, 'input_invalid'),
        }),
      ),
      listed('bob', '', codes()),
      {
        send: one('ann', 'GET'),
        expect: { status: 200, json: expect.objectContaining({ title: null }) },
      },
    ],
  },
  {
    says: 'Administrators see and change everybody’s links, or those of one account',
    people: { ann: {}, bob: {}, root: { role: 'admin' } },
    steps: [
      make('ann', { code: 'of-ann' }),
      make('bob', { code: 'of-bob' }),
      listed('root', '?sort=code', codes('of-ann', 'of-bob')),
      {
        send: by('root', ({ annId }) => ({ path: `/links?account=${annId}` })),
        expect: { status: 200, json: expect.objectContaining(codes('of-ann')) },
      },
      { send: one('root', 'PATCH', { title: 'Seen' }), expect: { status: 200 } },
      {
        send: by('bob', ({ annId }) => ({ path: `/links?account=${annId}` })),
        expect: problem(403, 'admin_required'),
      },
    ],
  },
  {
    says: 'A change by cookie comes from our own pages only',
    people: { ann: {} },
    steps: [
      {
        send: as('ann', {
          path: '/links',
          body: { destination: page },
          headers: { 'Sec-Fetch-Site': 'cross-site' },
        }),
        expect: problem(403, 'cross_site'),
      },
      listed('ann', '', { total: 0 }),
    ],
  },
]
