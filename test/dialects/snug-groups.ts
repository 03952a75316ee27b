import { expect } from 'bun:test'
import type { Scenario, Step } from '../scenario'
import type { Send } from '../world'
import { by, make } from './snug-links'
import { as, problem, root } from './snug-words'

const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const id = expect.stringMatching(/^[0-9a-f]{24}$/)

const add = (name: string, noun: string, body: unknown): Step => ({
  send: by(name, { path: `/${noun}`, body }),
  expect: { status: 201 },
  save: ({ json }) => ({ record: json.id }),
})

const at = (name: string, noun: string, rest: Omit<Send, 'path'> = {}, below = '') =>
  by(name, ({ record }) => ({ path: `/${noun}/${record}${below}`, ...rest }))

/** Every route of one campaign and of one domain. */
const routes: readonly (readonly [noun: string, send: Omit<Send, 'path'>, below?: string])[] = [
  ['campaigns', {}],
  ['campaigns', { method: 'PATCH', body: { name: 'x' } }],
  ['campaigns', { method: 'DELETE' }],
  ['domains', {}],
  ['domains', { method: 'PATCH', body: { host: 'x.example' } }],
  ['domains', { method: 'DELETE' }],
  ['domains', { method: 'POST', body: {} }, '/verify'],
  ['domains', { method: 'POST' }, '/verify'],
]

export const snugGroupScenarios: Scenario[] = [
  {
    says: 'Campaigns are made, listed with how many links they hold, renamed and deleted',
    people: { ann: {} },
    steps: [
      {
        send: by('ann', { path: '/campaigns', body: { name: ' Spring ' } }),
        expect: { status: 201, json: { id, name: 'Spring', links: 0, createdAt: instant } },
        save: ({ json }) => ({ record: json.id }),
      },
      {
        send: by('ann', ({ record }) => ({
          path: '/links',
          body: { destination: 'https://example.com/', campaignId: record },
        })),
        expect: { status: 201 },
      },
      {
        send: by('ann', { path: '/campaigns' }),
        expect: {
          status: 200,
          json: {
            data: [{ id, name: 'Spring', links: 1, createdAt: instant }],
            page: 1,
            limit: 25,
            total: 1,
          },
        },
      },
      {
        send: by('ann', ({ record }) => ({ path: `/links?campaignId=${record}` })),
        expect: { status: 200, json: expect.objectContaining({ total: 1 }) },
      },
      {
        send: at('ann', 'campaigns', { method: 'PATCH', body: { name: 'Summer' } }),
        expect: { status: 200, json: expect.objectContaining({ name: 'Summer', links: 1 }) },
      },
      {
        send: at('ann', 'campaigns', { method: 'DELETE' }),
        expect: { status: 200, json: { deleted: true } },
      },
      { send: at('ann', 'campaigns'), expect: problem(404, 'record_missing') },
      {
        send: by('ann', { path: '/links' }),
        expect: {
          status: 200,
          json: expect.objectContaining({ data: [expect.objectContaining({ campaignId: null })] }),
        },
      },
    ],
  },
  {
    says: 'A campaign needs a name',
    people: { ann: {} },
    steps: [{}, { name: '' }, { name: '  ' }, { name: 5 }, { name: 'x'.repeat(100_000) }].map(
      (body): Step => ({
        send: by('ann', { path: '/campaigns', body }),
        expect: problem(400, 'input_invalid', 'name'),
      }),
    ),
  },
  {
    says: 'A domain is added with the record that proves it, and serves links once an administrator vouches',
    people: { ann: {}, root: { role: 'admin' } },
    steps: [
      {
        send: by('ann', { path: '/domains', body: { host: 'GO.example' } }),
        expect: {
          status: 201,
          json: {
            id,
            host: 'go.example',
            verified: false,
            createdAt: instant,
            txtRecord: expect.stringMatching(/^snug-verify=[0-9a-f]{32}$/),
            txtName: '_snug.go.example',
          },
        },
        save: ({ json }) => ({ record: json.id }),
      },
      {
        send: at('ann', 'domains', { method: 'POST', body: { force: true } }, '/verify'),
        expect: problem(403, 'admin_required'),
      },
      {
        send: at('ann', 'domains', { method: 'POST', body: { force: 'yes' } }, '/verify'),
        expect: problem(400, 'input_invalid', 'force'),
      },
      {
        send: by('ann', ({ record }) => ({
          path: '/links',
          body: { destination: 'https://example.com/', domainId: record },
        })),
        expect: problem(400, 'input_invalid', 'domainId'),
      },
      {
        send: at('root', 'domains', { method: 'POST', body: { force: true } }, '/verify'),
        expect: { status: 200, json: expect.objectContaining({ verified: true }) },
      },
      {
        send: by('ann', ({ record }) => ({
          path: '/links',
          body: { destination: 'https://example.com/', domainId: record, code: 'one' },
        })),
        expect: ({ record }) => ({
          status: 201,
          json: expect.objectContaining({ domainId: record, shortUrl: 'http://go.example/one' }),
        }),
      },
      { send: { path: '/one', headers: { Host: 'go.example' } }, expect: { status: 302 } },
      { send: { path: '/one' }, expect: { status: 404 } },
      { send: at('ann', 'domains', { method: 'DELETE' }), expect: problem(409, 'still_used') },
    ],
  },
  {
    says: 'A domain whose record is not found stays unverified',
    people: { ann: {} },
    pass: { 1: 0 },
    steps: [
      add('ann', 'domains', { host: 'unproved.invalid' }),
      {
        send: at('ann', 'domains', { method: 'POST' }, '/verify'),
        expect: problem(409, 'domain_unproved', 'txtRecord'),
      },
      {
        send: as('ann', ({ record }) => ({ method: 'POST', path: `/domains/${record}/verify` })),
        expect: problem(409, 'domain_unproved'),
      },
      {
        send: by('ann', { path: '/domains' }),
        expect: {
          status: 200,
          json: expect.objectContaining({ data: [expect.objectContaining({ verified: false })] }),
        },
      },
    ],
  },
  {
    says: 'A host must be one, and one’s own only once',
    people: { ann: {} },
    steps: [
      ...[
        {},
        { host: '' },
        { host: 5 },
        { host: 'a b' },
        { host: 'http://x/' },
        { host: '*.x' },
      ].map(
        (body): Step => ({
          send: by('ann', { path: '/domains', body }),
          expect: problem(400, 'input_invalid', 'host'),
        }),
      ),
      add('ann', 'domains', { host: 'x.example' }),
      {
        send: by('ann', { path: '/domains', body: { host: 'x.example' } }),
        expect: problem(409, 'domain_taken'),
      },
    ],
  },
  {
    says: 'Nobody else’s campaign or domain can be read or changed, whichever route asks',
    people: { ann: {}, bob: {} },
    steps: [
      ...(['campaigns', 'domains'] as const).flatMap((noun): Step[] => [
        add('ann', noun, noun === 'campaigns' ? { name: 'Ann' } : { host: 'ann.example' }),
        ...routes
          .filter(([of]) => of === noun)
          .flatMap(([, send, below]): Step[] => [
            { send: at('bob', noun, send, below), expect: problem(404, 'record_missing') },
            {
              send: ({ record }) => ({ path: `${root}/${noun}/${record}${below ?? ''}`, ...send }),
              expect: problem(401, 'key_missing'),
            },
          ]),
        {
          send: by('bob', { path: `/${noun}` }),
          expect: { status: 200, json: expect.objectContaining({ data: [], total: 0 }) },
        },
        { send: by('ann', { path: `/${noun}/x` }), expect: problem(400, 'input_invalid', 'id') },
        { send: { path: `${root}/${noun}` }, expect: problem(401, 'key_missing') },
      ]),
      make('bob'),
      {
        send: by('bob', ({ id: link, record }) => ({
          method: 'PATCH',
          path: `/links/${link}`,
          body: { campaignId: record },
        })),
        expect: problem(400, 'input_invalid', 'campaignId'),
      },
    ],
  },
]
