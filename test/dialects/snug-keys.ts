import { expect } from 'bun:test'
import type { Scenario, Step } from '../scenario'
import { dawn } from '../world'
import { as, problem, refusedAlike, root } from './snug-words'

const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const year = 365 * 86_400_000

/** A key without its secret. */
const shown = {
  id: expect.any(Number),
  kind: 'api',
  active: true,
  allowedIps: [],
  requestsCount: 0,
  name: '',
  mask: expect.stringMatching(/^sk_[0-9a-f]{8}_[0-9a-f]{4}$/),
  expiresAt: instant,
  lastUsedAt: null,
  createdAt: instant,
}

const mint = (name: string, body: unknown = {}): Step => ({
  send: as(name, { path: '/keys', body }),
  expect: { status: 201 },
  save: ({ json }) => ({ id: `${json.id}`, key: json.key, mask: json.mask }),
})

const use = (expected: Step['expect']): Step => ({
  send: ({ key = '' }) => ({ path: `${root}/session`, headers: { 'X-API-Key': key } }),
  expect: expected,
})

const patch = (name: string, body: unknown) =>
  as(name, ({ id }) => ({ method: 'PATCH', path: `/keys/${id}`, body }))

export const snugKeyScenarios: Scenario[] = [
  {
    says: 'A key is shown whole once, and masked ever after',
    people: { ann: {} },
    steps: [
      {
        send: as('ann', { path: '/keys', body: { name: ' build ' } }),
        expect: {
          status: 201,
          json: { ...shown, name: 'build', key: expect.stringMatching(/^sk_[0-9a-f]{64}$/) },
        },
        save: ({ json }) => ({ key: json.key }),
      },
      use({ status: 200 }),
      {
        send: as('ann', { path: '/keys' }),
        expect: ({ key = '' }) => ({
          status: 200,
          json: {
            data: [
              { ...shown, name: 'build', requestsCount: 1, lastUsedAt: expect.any(String) },
              { ...shown, expiresAt: null },
            ],
            page: 1,
            limit: 25,
            total: 2,
          },
          hides: [key],
        }),
      },
      {
        send: as('ann', { path: '/keys?page=2&limit=1' }),
        expect: {
          status: 200,
          json: { data: [{ ...shown, expiresAt: null }], page: 2, limit: 1, total: 2 },
        },
      },
    ],
  },
  {
    says: 'A key that is switched off, revoked or rotated is refused from the next request on',
    people: { ann: {} },
    steps: [
      mint('ann'),
      use({ status: 200 }),
      { send: patch('ann', { active: false }), expect: { status: 200 } },
      use(problem(401, 'key_inactive')),
      { send: patch('ann', { active: true }), expect: { status: 200 } },
      use({ status: 200 }),
      {
        send: as('ann', ({ id }) => ({ method: 'DELETE', path: `/keys/${id}` })),
        expect: { status: 200, json: { deleted: true } },
      },
      use(problem(401, 'key_invalid')),
      {
        send: as('ann', ({ id }) => ({ method: 'DELETE', path: `/keys/${id}` })),
        expect: problem(404, 'record_missing'),
      },
      { send: patch('ann', { name: 'gone' }), expect: problem(404, 'record_missing') },
    ],
  },
  {
    says: 'A key may be bound to networks',
    people: { ann: {} },
    steps: [
      mint('ann', { allowedIps: ['198.18.0.0/15', '2001:0db8::/32'] }),
      {
        send: ({ key = '' }) => ({
          path: `${root}/session`,
          headers: { 'X-API-Key': key, 'X-Forwarded-For': '203.0.113.9' },
        }),
        expect: problem(403, 'address_refused'),
      },
      {
        send: ({ key = '' }) => ({
          path: `${root}/session`,
          headers: { 'X-API-Key': key, 'X-Forwarded-For': '198.19.7.7' },
        }),
        expect: { status: 200 },
      },
      ...['10.0.0.1/33', '10.1', '0x7f.0.0.1', '::1/129', 'example.com', '10.0.0.0/-1', ''].map(
        (cidr) => ({
          send: patch('ann', { allowedIps: [cidr] }),
          expect: problem(400, 'input_invalid', 'allowedIps'),
        }),
      ),
    ],
  },
  {
    says: 'A key has an end, which may be moved',
    people: { ann: {} },
    pass: { 2: 3_600_000 },
    steps: [
      mint('ann', { expiresAt: new Date(dawn + 3_600_000).toISOString() }),
      use({ status: 200 }),
      use(problem(401, 'key_expired')),
      { send: patch('ann', { expiresAt: null }), expect: { status: 200 } },
      use({ status: 200 }),
    ],
  },
  {
    says: 'A key lives for a year unless told otherwise',
    people: { ann: {} },
    pass: { 0: 0 },
    steps: [
      {
        send: as('ann', { path: '/keys', body: {} }),
        expect: {
          status: 201,
          json: expect.objectContaining({ expiresAt: new Date(dawn + year).toISOString() }),
        },
      },
      {
        send: as('ann', { path: '/keys', body: { expiresAt: null } }),
        expect: { status: 201, json: expect.objectContaining({ expiresAt: null }) },
      },
    ],
  },
  {
    says: 'What can’t be a key’s is refused',
    people: { ann: {} },
    steps: [
      ...[
        { name: 7 },
        { name: 'x'.repeat(101) },
        { expiresAt: 'tomorrow' },
        { expiresAt: '2020-01-01T00:00:00Z' },
        { expiresAt: 1_900_000_000 },
        { allowedIps: '10.0.0.1' },
        { allowedIps: Array.from({ length: 101 }, (_, n) => `10.0.0.${n}`) },
        [],
        'text',
        null,
      ].map((body) => ({
        send: as('ann', {
          path: '/keys',
          body: JSON.stringify(body),
          headers: { 'Content-Type': 'application/json' },
        }),
        expect: problem(400, 'input_invalid'),
      })),
      {
        send: as('ann', { path: '/keys', body: { name: 7, expiresAt: 7, allowedIps: [1, 2] } }),
        expect: {
          status: 400,
          json: expect.objectContaining({
            detail: 'name: Expected string',
            errors: [
              { field: 'name', reason: 'Expected string' },
              { field: 'expiresAt', reason: 'Expected date-time or null' },
              { field: 'allowedIps.0', reason: 'Expected string' },
              { field: 'allowedIps.1', reason: 'Expected string' },
            ],
          }),
        },
      },
      {
        send: as('ann', { path: '/links', body: { destination: 'x' } }),
        expect: problem(400, 'url_invalid', 'destination'),
      },
      ...['abc', '0', '-1', '1.5'].map((id) => ({
        send: as('ann', { method: 'DELETE', path: `/keys/${id}` }),
        expect: problem(400, 'input_invalid'),
      })),
      {
        send: as('ann', { method: 'DELETE', path: `/keys/${'9'.repeat(15)}` }),
        expect: problem(404, 'record_missing'),
      },
      {
        send: as('ann', {
          path: '/keys',
          body: '{',
          headers: { 'Content-Type': 'application/json' },
        }),
        expect: problem(400, 'input_invalid', 'body'),
      },
    ],
  },
  {
    says: 'The personal key can be shown again, and rotating ends the old one at once',
    people: { ann: {} },
    steps: [
      { send: as('ann', { path: '/keys/personal' }), expect: { status: 200, json: { key: null } } },
      {
        send: as('ann', { method: 'POST', path: '/keys/personal/rotate' }),
        expect: { status: 200, json: expect.objectContaining({ kind: 'personal' }) },
        save: ({ json }) => ({ key: json.key }),
      },
      use({ status: 200 }),
      {
        send: as('ann', { path: '/keys/personal' }),
        expect: ({ key }) => ({
          status: 200,
          json: { key: expect.objectContaining({ key, requestsCount: 1 }) },
        }),
      },
      {
        send: as('ann', { method: 'POST', path: '/keys/personal/rotate' }),
        expect: { status: 200 },
      },
      use(problem(401, 'key_invalid')),
    ],
  },
  {
    says: 'Keys need a sign-in; a key opens no door to other keys',
    people: { ann: {} },
    steps: refusedAlike(
      [
        ({ annKey = '' }) => ({ path: `${root}/keys`, headers: { 'X-API-Key': annKey } }),
        ({ annKey = '' }) => ({ path: `${root}/keys`, headers: { 'X-API-Key': annKey }, body: {} }),
        ({ annKey = '' }) => ({ path: `${root}/keys/personal`, headers: { 'X-API-Key': annKey } }),
        () => ({ path: `${root}/keys` }),
      ],
      problem(401, 'session_missing'),
    ),
  },
  {
    says: 'Another site’s page can’t make or revoke keys with a visitor’s sign-in',
    people: { ann: {} },
    steps: refusedAlike(
      [
        as('ann', { path: '/keys', body: {}, headers: { 'Sec-Fetch-Site': 'cross-site' } }),
        as('ann', {
          method: 'POST',
          path: '/keys/personal/rotate',
          headers: { 'Sec-Fetch-Site': 'same-site', Origin: 'https://evil.example' },
        }),
        as('ann', {
          path: '/keys',
          body: 'name=x',
          headers: { 'Content-Type': 'text/plain' },
        }),
      ],
      problem(403, 'cross_site'),
    ),
  },
  {
    says: 'A plan without key minting makes no keys',
    people: { bob: { plan: 'free' } },
    steps: refusedAlike(
      [
        as('bob', { path: '/keys', body: {} }),
        as('bob', { method: 'POST', path: '/keys/personal/rotate' }),
      ],
      problem(403, 'plan_required'),
    ),
  },
  {
    says: 'Nobody reads or changes another account’s keys; administrators do by naming it',
    people: { ann: {}, bob: {}, root: { role: 'admin' } },
    steps: [
      mint('ann'),
      ...refusedAlike(
        [
          patch('bob', { active: false }),
          as('bob', ({ id }) => ({ method: 'DELETE', path: `/keys/${id}` })),
          patch('root', { active: false }),
        ],
        problem(404, 'record_missing'),
      ),
      ...refusedAlike(
        [
          as('bob', ({ annId }) => ({ path: `/keys?account=${annId}` })),
          as('bob', ({ annId }) => ({ path: `/keys?account=${annId}`, body: {} })),
          as('bob', ({ annId, id }) => ({
            method: 'PATCH',
            path: `/keys/${id}?account=${annId}`,
            body: { active: false },
          })),
          as('bob', ({ annId, id }) => ({
            method: 'DELETE',
            path: `/keys/${id}?account=${annId}`,
          })),
          as('bob', { path: '/keys?account=999999' }),
        ],
        problem(403, 'admin_required'),
      ),
      use({ status: 200 }),
      {
        send: as('root', { path: '/keys?account=999999' }),
        expect: problem(404, 'record_missing'),
      },
      {
        send: as('root', ({ annId }) => ({ path: `/keys?account=${annId}` })),
        expect: { status: 200, json: expect.objectContaining({ total: 2 }) },
      },
      {
        send: as('root', ({ annId, id }) => ({
          method: 'PATCH',
          path: `/keys/${id}?account=${annId}`,
          body: { active: false },
        })),
        expect: { status: 200 },
      },
      use(problem(401, 'key_inactive')),
    ],
  },
]
