import { expect } from 'bun:test'
import type { Scenario } from '../scenario'
import { as, problem, refusedAlike, root } from './snug-words'

const people = { root: { role: 'admin' }, bob: { plan: 'pro' } } as const
const instant = expect.stringMatching(/Z$/)

const shown = {
  id: expect.any(Number),
  kind: 'user',
  role: 'member',
  email: 'eve@example.com',
  displayName: '',
  plan: 'enterprise',
  planExpiresAt: null,
  suspended: false,
  emailProved: true,
  linksStay: false,
  twoFactorEnabled: false,
  createdAt: instant,
}

const make = (body: unknown) => as('root', { path: '/accounts', body })
const change = (name: string, body: unknown) =>
  as('root', (saved) => ({ method: 'PATCH', path: `/accounts/${saved[`${name}Id`]}`, body }))

const session = (name: string) => (saved: Record<string, string>) => ({
  path: `${root}/session`,
  headers: { 'X-API-Key': saved[`${name}Key`] ?? '' },
})

export const snugAccountScenarios: Scenario[] = [
  {
    says: 'Administrators make, list, read, change and delete accounts',
    people,
    steps: [
      {
        send: make({ email: 'Eve@Example.com', password: 'a good password' }),
        expect: { status: 201, json: shown, hides: ['a good password'] },
        save: ({ json }) => ({ eveId: `${json.id}` }),
      },
      {
        send: as('root', { path: '/accounts?q=eve&kind=user' }),
        expect: { status: 200, json: { data: [shown], page: 1, limit: 25, total: 1 } },
      },
      {
        send: as('root', { path: '/accounts?q=example.com&limit=1&page=2' }),
        expect: {
          status: 200,
          json: {
            data: [expect.objectContaining({ email: 'bob@example.com', plan: 'pro' })],
            page: 2,
            limit: 1,
            total: expect.any(Number),
          },
        },
      },
      {
        send: change('eve', {
          displayName: 'Eve',
          role: 'admin',
          plan: 'free',
          planExpiresAt: '2027-01-01T00:00:00Z',
        }),
        expect: {
          status: 200,
          json: {
            ...shown,
            displayName: 'Eve',
            role: 'admin',
            plan: 'free',
            planExpiresAt: '2027-01-01T00:00:00.000Z',
          },
        },
      },
      {
        send: as('root', ({ eveId }) => ({ path: `/accounts/${eveId}` })),
        expect: { status: 200, json: expect.objectContaining({ displayName: 'Eve' }) },
      },
      {
        send: as('root', ({ eveId }) => ({ method: 'DELETE', path: `/accounts/${eveId}` })),
        expect: { status: 200, json: { deleted: true } },
      },
      {
        send: as('root', ({ eveId }) => ({ path: `/accounts/${eveId}` })),
        expect: problem(404, 'record_missing'),
      },
    ],
  },
  {
    says: 'Accounts are for administrators only, with a sign-in',
    people: { ...people, ann: {} },
    steps: [
      ...refusedAlike(
        [
          as('bob', { path: '/accounts' }),
          as('bob', { path: '/accounts', body: { email: 'x@example.com', role: 'admin' } }),
          as('bob', { path: '/accounts/lookup', body: { customerKey: 'anything' } }),
          ...['annId', 'bobId', 'rootId'].flatMap((id) => [
            as('bob', (saved) => ({ path: `/accounts/${saved[id]}` })),
            as('bob', (saved) => ({
              method: 'PATCH',
              path: `/accounts/${saved[id]}`,
              body: { role: 'admin' },
            })),
            as('bob', (saved) => ({ method: 'DELETE', path: `/accounts/${saved[id]}` })),
          ]),
        ],
        problem(403, 'admin_required'),
      ),
      {
        send: ({ rootKey = '' }) => ({
          path: `${root}/accounts`,
          headers: { 'X-API-Key': rootKey },
        }),
        expect: problem(401, 'session_missing'),
      },
      { send: session('ann'), expect: { status: 200 } },
    ],
  },
  {
    says: 'What can’t be an account’s is refused',
    people,
    steps: [
      ...[
        {},
        { email: 'nobody' },
        { email: 7 },
        { email: 'bob@example.com' },
        { email: 'x@example.com', password: 'short' },
        { email: 'x@example.com', password: 'x'.repeat(257) },
        { email: 'x@example.com', plan: 'gold' },
        { email: 'x@example.com', role: 'owner' },
        { email: 'x@example.com', planExpiresAt: 'soon' },
        { email: 'x@example.com', displayName: 'x'.repeat(101) },
      ].map((body) => ({
        send: make(body),
        expect:
          body.email === 'bob@example.com'
            ? problem(409, 'email_taken')
            : problem(400, 'input_invalid'),
      })),
      { send: change('bob', { email: 'ROOT@example.com' }), expect: problem(409, 'email_taken') },
      { send: change('bob', { suspended: 'yes' }), expect: problem(400, 'input_invalid') },
      { send: change('nobody', {}), expect: problem(400, 'input_invalid') },
      ...['GET', 'DELETE'].map((method) => ({
        send: as('root', { method, path: '/accounts/99999' }),
        expect: problem(404, 'record_missing'),
      })),
    ],
  },
  {
    says: 'A suspended account’s keys are refused at once, and count again at once',
    people,
    steps: [
      { send: session('bob'), expect: { status: 200 } },
      { send: change('bob', { suspended: true }), expect: { status: 200 } },
      { send: session('bob'), expect: problem(403, 'account_suspended') },
      { send: change('bob', { suspended: false }), expect: { status: 200 } },
      { send: session('bob'), expect: { status: 200 } },
    ],
  },
  {
    says: 'Whoever is no administrator any more, suspended or deleted is refused with their next request',
    people: { ...people, ann: { role: 'admin' } },
    steps: [
      { send: as('ann', { path: '/accounts' }), expect: { status: 200 } },
      { send: change('ann', { role: 'member' }), expect: { status: 200 } },
      { send: as('ann', { path: '/accounts' }), expect: problem(403, 'admin_required') },
      { send: as('ann', { path: '/keys' }), expect: { status: 200 } },
      { send: as('bob', { path: '/keys' }), expect: { status: 200 } },
      {
        send: as('root', ({ bobId }) => ({ method: 'DELETE', path: `/accounts/${bobId}` })),
        expect: { status: 200 },
      },
      { send: as('bob', { path: '/keys' }), expect: problem(401, 'session_missing') },
      { send: session('bob'), expect: problem(401, 'key_invalid') },
    ],
  },
  {
    says: 'The last administrator can’t be deleted, suspended or made a member',
    people: { root: { role: 'admin' } },
    with: { SNUG_DEFAULT_PLAN: 'pro' },
    pass: { 0: 0 },
    steps: refusedAlike(
      [
        change('root', { role: 'member' }),
        change('root', { suspended: true }),
        as('root', ({ rootId }) => ({ method: 'DELETE', path: `/accounts/${rootId}` })),
      ],
      problem(400, 'input_invalid', 'account'),
    ),
  },
  {
    says: 'A plan is granted to a customer by the key they use',
    people,
    with: { SNUG_DEFAULT_PLAN: 'free' },
    steps: [
      {
        send: { path: '/api/shorten', body: { url: 'https://example.com/' } },
        expect: { status: 200 },
        save: ({ json }) => ({ customerKey: json.customer_secret_key, code: json.short_code }),
      },
      {
        send: ({ customerKey, code }) => ({ path: `/api/stats/${code}?key=${customerKey}` }),
        expect: { status: 200, json: expect.objectContaining({ access_level: 'free' }) },
      },
      {
        send: as('root', ({ customerKey }) => ({
          path: '/accounts/lookup',
          body: { customerKey },
        })),
        expect: {
          status: 200,
          json: { ...shown, kind: 'customer', email: null, emailProved: false, plan: 'free' },
        },
        save: ({ json }) => ({ customerId: `${json.id}` }),
      },
      {
        send: change('customer', { plan: 'pro', planExpiresAt: '2099-01-01T00:00:00Z' }),
        expect: { status: 200 },
      },
      {
        send: ({ customerKey, code }) => ({ path: `/api/stats/${code}?key=${customerKey}` }),
        expect: { status: 200, json: expect.objectContaining({ access_level: 'paid' }) },
      },
      {
        send: as('root', {
          path: '/accounts/lookup',
          body: { customerKey: 'a7k_nobodysKey00000' },
        }),
        expect: problem(404, 'record_missing'),
      },
    ],
  },
  {
    says: 'The links of a deleted account answer 410, and their codes stay taken',
    people,
    steps: [
      {
        send: { path: '/api/shorten', body: { url: 'https://example.com/secret' } },
        expect: { status: 200 },
        save: ({ json }) => ({ customerKey: json.customer_secret_key, code: json.short_code }),
      },
      { send: ({ code }) => ({ path: `/${code}` }), expect: { status: 302 } },
      {
        send: as('root', ({ customerKey }) => ({
          path: '/accounts/lookup',
          body: { customerKey },
        })),
        expect: { status: 200 },
        save: ({ json }) => ({ customerId: `${json.id}` }),
      },
      {
        send: as('root', ({ customerId }) => ({
          method: 'DELETE',
          path: `/accounts/${customerId}`,
        })),
        expect: { status: 200 },
      },
      { send: ({ code }) => ({ path: `/${code}` }), expect: { status: 410 } },
      {
        send: as('root', { path: '/accounts?limit=100' }),
        expect: { status: 200, hides: ['former'] },
      },
    ],
  },
]
