import { expect } from 'bun:test'
import type { Scenario } from '../scenario'
import { by, make } from './snug-links'
import { problem } from './snug-words'

const page = 'https://example.com/'
const many = (length: number) => Array.from({ length }, () => ({ destination: page }))

export const snugBulkScenarios: Scenario[] = [
  {
    says: 'Many links are made at once, each on its own',
    people: { ann: {} },
    steps: [
      {
        send: by('ann', {
          path: '/links/bulk',
          body: {
            links: [
              { destination: page, code: 'one', tags: ['x'] },
              { destination: 'nonsense' },
              {},
              { destination: page, code: 'one' },
              'text',
              null,
              { destination: page, expiresAt: 'soon' },
              { destination: page },
            ],
          },
        }),
        expect: {
          status: 201,
          json: {
            created: [
              expect.objectContaining({ code: 'one', tags: ['x'] }),
              expect.objectContaining({ destination: page }),
            ],
            errors: [
              { index: 1, fault: 'url_invalid', detail: expect.any(String) },
              { index: 2, fault: 'url_missing', detail: expect.any(String) },
              { index: 3, fault: 'code_taken', detail: expect.any(String) },
              { index: 4, fault: 'input_invalid', detail: expect.any(String) },
              { index: 5, fault: 'input_invalid', detail: expect.any(String) },
              { index: 6, fault: 'input_invalid', detail: expect.stringContaining('expiresAt') },
            ],
          },
        },
      },
    ],
  },
  {
    says: 'A thousand are made, one more is refused whole; when none is made the answer is 200',
    people: { ann: {} },
    steps: [
      {
        send: by('ann', { path: '/links/bulk', body: { links: many(1000) } }),
        expect: { status: 201 },
      },
      {
        send: by('ann', { path: '/links/bulk', body: { links: many(1001) } }),
        expect: problem(400, 'input_invalid', 'links'),
      },
      {
        send: by('ann', { path: '/links/bulk', body: { links: [] } }),
        expect: problem(400, 'input_invalid', 'links'),
      },
      {
        send: by('ann', { path: '/links/bulk', body: { links: [{ destination: 'x' }] } }),
        expect: { status: 200, json: expect.objectContaining({ created: [] }) },
      },
      {
        send: by('ann', { path: '/links?limit=1' }),
        expect: { status: 200, json: expect.objectContaining({ total: 1000 }) },
      },
    ],
  },
  {
    says: 'Strangers make, change and delete none',
    steps: [
      { path: '/links/bulk', body: { links: many(1) } },
      { path: '/links/bulk', method: 'PATCH', body: { ids: [1], enabled: false } },
      { path: '/links/bulk/delete', body: { ids: [1] } },
    ].map(({ path, ...rest }) => ({
      send: { path: `/api/snug/v1${path}`, ...rest },
      expect: problem(401, 'key_missing'),
    })),
  },
  {
    says: 'Many links are tagged, moved, switched off and deleted; foreign ones stay',
    people: { ann: {}, bob: {} },
    steps: [
      make('bob'),
      {
        send: by('ann', { path: '/links/bulk', body: { links: many(2) } }),
        expect: { status: 201 },
        save: ({ json }) => ({ first: `${json.created[0].id}`, second: `${json.created[1].id}` }),
      },
      {
        send: by('ann', ({ id, first, second }) => ({
          path: '/links/bulk',
          method: 'PATCH',
          body: {
            ids: [Number(id), Number(first), Number(second), 99_999],
            addTags: ['new'],
            folder: 'Box',
            enabled: false,
          },
        })),
        expect: ({ id }) => ({
          status: 200,
          json: { changed: 2, missing: [Number(id), 99_999], errors: [] },
        }),
      },
      {
        send: by('ann', { path: '/links?tag=new&folder=Box&state=disabled' }),
        expect: { status: 200, json: expect.objectContaining({ total: 2 }) },
      },
      {
        send: by('ann', ({ id, first, second }) => ({
          path: '/links/bulk/delete',
          body: { ids: [Number(first), Number(id), Number(second)] },
        })),
        expect: ({ id }) => ({
          status: 200,
          json: { changed: 2, missing: [Number(id)], errors: [] },
        }),
      },
      {
        send: by('bob', { path: '/links' }),
        expect: {
          status: 200,
          json: expect.objectContaining({ data: [expect.objectContaining({ tags: [] })] }),
        },
      },
    ],
  },
  {
    says: 'Tags of many must be tags, and ids numbers',
    people: { ann: {} },
    steps: [
      make('ann'),
      {
        send: by('ann', ({ id }) => ({
          path: '/links/bulk',
          method: 'PATCH',
          body: { ids: [Number(id)], addTags: ['not a tag'] },
        })),
        expect: ({ id }) => ({
          status: 200,
          json: {
            changed: 0,
            missing: [],
            errors: [{ id: Number(id), fault: 'input_invalid', detail: expect.any(String) }],
          },
        }),
      },
      {
        send: by('ann', ({ id }) => ({
          path: '/links/bulk',
          method: 'PATCH',
          body: { ids: [Number(id)], campaignId: 'f'.repeat(24) },
        })),
        expect: problem(400, 'input_invalid', 'campaignId'),
      },
      {
        send: by('ann', { path: '/links/bulk/delete', body: { ids: ['x'] } }),
        expect: problem(400, 'input_invalid'),
      },
    ],
  },
]
