import { expect } from 'bun:test'
import type { Scenario } from '../scenario'
import { as, problem, refusedAlike } from './snug-words'

const url = 'https://hooks.example.com/snug'
const events = ['link.created', 'click']
const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const shown = {
  id: expect.any(Number),
  url,
  events,
  enabled: true,
  droppedClicks: 0,
  createdAt: instant,
}

const make = (name: string, body: unknown = { url, events }) => ({
  send: as(name, { path: '/webhooks', body }),
  expect: { status: 201 },
  save: ({ json }: { json: { id: number; secret: string } }) => ({
    id: `${json.id}`,
    secret: json.secret,
  }),
})

export const snugWebhookScenarios: Scenario[] = [
  {
    says: 'A webhook shows its secret once',
    people: { ann: {} },
    steps: [
      {
        send: as('ann', { path: '/webhooks', body: { url, events: [...events, 'click'] } }),
        expect: {
          status: 201,
          json: { ...shown, secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{32}$/) },
        },
        save: ({ json }) => ({ id: `${json.id}`, secret: json.secret }),
      },
      {
        send: as('ann', { path: '/webhooks' }),
        expect: ({ secret = '' }) => ({ status: 200, json: { data: [shown] }, hides: [secret] }),
      },
      {
        send: as('ann', ({ id }) => ({ path: `/webhooks/${id}` })),
        expect: { status: 200, json: shown },
      },
    ],
  },
  {
    says: 'Webhooks are changed, switched off and deleted',
    people: { ann: {} },
    steps: [
      make('ann'),
      {
        send: as('ann', ({ id }) => ({
          method: 'PATCH',
          path: `/webhooks/${id}`,
          body: { events: ['link.expired'], enabled: false },
        })),
        expect: { status: 200, json: { ...shown, events: ['link.expired'], enabled: false } },
      },
      {
        send: as('ann', ({ id }) => ({ method: 'DELETE', path: `/webhooks/${id}` })),
        expect: { status: 200, json: { deleted: true } },
      },
      {
        send: as('ann', ({ id }) => ({ path: `/webhooks/${id}` })),
        expect: problem(404, 'record_missing'),
      },
      {
        send: as('ann', ({ id }) => ({ method: 'DELETE', path: `/webhooks/${id}` })),
        expect: problem(404, 'record_missing'),
      },
    ],
  },
  {
    says: 'A webhook without an address or events that exist is refused',
    people: { ann: {} },
    steps: [
      ...refusedAlike(
        ['', 'ftp://example.com/', 'hooks.example.com', 'https://u:p@example.com/'].map((wrong) =>
          as('ann', { path: '/webhooks', body: { url: wrong, events } }),
        ),
        problem(400, 'input_invalid', 'url'),
      ),
      ...refusedAlike(
        [[], ['link.eaten'], ['click', 'x']].map((wrong) =>
          as('ann', { path: '/webhooks', body: { url, events: wrong } }),
        ),
        problem(400, 'input_invalid', 'events'),
      ),
      { send: as('ann', { path: '/webhooks' }), expect: { status: 200, json: { data: [] } } },
    ],
  },
  {
    says: 'An account has at most ten webhooks',
    people: { ann: {} },
    steps: [
      { ...make('ann'), times: 10 },
      {
        send: as('ann', { path: '/webhooks', body: { url, events } }),
        expect: problem(400, 'input_invalid', 'url'),
      },
    ],
  },
  {
    says: 'Nobody sees, changes or tries the webhooks of another account',
    people: { ann: {}, bob: {} },
    steps: [
      make('ann'),
      { send: as('bob', { path: '/webhooks' }), expect: { status: 200, json: { data: [] } } },
      ...refusedAlike(
        [
          as('bob', ({ id }) => ({ path: `/webhooks/${id}` })),
          as('bob', ({ id }) => ({ path: `/webhooks/${id}/deliveries` })),
          as('bob', ({ id }) => ({ path: `/webhooks/${id}`, method: 'PATCH', body: {} })),
          as('bob', ({ id }) => ({ path: `/webhooks/${id}`, method: 'DELETE' })),
          as('bob', ({ id }) => ({ path: `/webhooks/${id}/test`, method: 'POST' })),
        ],
        problem(404, 'record_missing'),
      ),
    ],
  },
  {
    says: 'A test message is queued, and the log shows it',
    people: { ann: {} },
    steps: [
      make('ann'),
      {
        send: as('ann', ({ id }) => ({ path: `/webhooks/${id}/test`, method: 'POST' })),
        expect: { status: 200, json: { queued: true } },
      },
      {
        send: as('ann', ({ id }) => ({ path: `/webhooks/${id}/deliveries` })),
        expect: {
          status: 200,
          json: {
            data: [
              expect.objectContaining({
                id: expect.stringMatching(/^msg_[0-9a-f]{24}$/),
                event: 'test',
                createdAt: instant,
              }),
            ],
            page: 1,
            limit: 25,
            total: 1,
          },
        },
      },
    ],
  },
]
