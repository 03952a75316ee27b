import { expect } from 'bun:test'
import type { Scenario, Step } from '../scenario'
import { by, make } from './snug-links'
import { problem, root } from './snug-words'

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

const visit: Step = {
  send: ({ code }) => ({
    path: `/${code}`,
    headers: { 'User-Agent': chrome, Referer: 'https://news.example/a' },
  }),
  expect: { status: 302 },
}

const file = (name: string, path: (id: string) => string, type: string, holds: string[]): Step => ({
  send: by('ann', ({ id = '' }) => ({ path: path(id) })),
  expect: {
    status: 200,
    holds,
    headers: {
      'content-type': expect.stringContaining(type),
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  },
})

export const snugExportScenarios: Scenario[] = [
  {
    says: 'All clicks of a link come as a file in four formats',
    people: { ann: {} },
    steps: [
      make('ann', { code: 'taken-away' }),
      visit,
      ...Object.entries({
        csv: ['text/csv', 'linkId,at,country,browser,os', 'XX,Chrome,Windows'],
        xml: ['application/xml', '<browser>Chrome</browser>'],
        xlsx: ['spreadsheetml', 'PK'],
      }).map(([format, [type = '', ...holds]]) =>
        file(
          `clicks-taken-away.${format}`,
          (id) => `/links/${id}/export?format=${format}`,
          type,
          holds,
        ),
      ),
      {
        send: by('ann', ({ id }) => ({ path: `/links/${id}/export?format=json` })),
        expect: {
          status: 200,
          json: [expect.objectContaining({ browser: 'Chrome', referrer: 'https://news.example' })],
        },
      },
      ...['', '?format=', '?format=exe', '?format=csv%00'].map(
        (query): Step => ({
          send: by('ann', ({ id }) => ({ path: `/links/${id}/export${query}` })),
          expect: problem(400, 'input_invalid'),
        }),
      ),
    ],
  },
  {
    says: 'A plan with CSV only refuses the other formats',
    people: { ann: { plan: 'free' } },
    steps: [
      make('ann'),
      {
        send: by('ann', ({ id }) => ({ path: `/links/${id}/export?format=csv` })),
        expect: { status: 200 },
      },
      {
        send: by('ann', ({ id }) => ({ path: `/links/${id}/export?format=xlsx` })),
        expect: problem(403, 'plan_required'),
      },
    ],
  },
  {
    says: 'All links come as a file, filtered, formulas defused, nobody else’s among them',
    people: { ann: {}, bob: {} },
    steps: [
      make('bob', { code: 'of-bob' }),
      make('ann', { code: 'one', title: '=1+1', tags: ['a', 'b'] }),
      make('ann', { code: 'two', password: 'sesame' }),
      {
        send: by('ann', { path: '/links/export?format=csv' }),
        expect: {
          status: 200,
          holds: ['id,code,shortUrl,destination', "'=1+1", '"a,b"', ',two,'],
          hides: ['of-bob', 'sesame', 'argon2'],
          headers: { 'content-disposition': 'attachment; filename="links.csv"' },
        },
      },
      {
        send: by('ann', { path: '/links/export?format=json&tag=a' }),
        expect: { status: 200, json: [expect.objectContaining({ code: 'one', title: '=1+1' })] },
      },
      {
        send: by('ann', { path: '/links/export?format=xml' }),
        expect: problem(400, 'input_invalid'),
      },
      {
        send: by('ann', ({ bobId }) => ({ path: `/links/export?format=csv&account=${bobId}` })),
        expect: problem(403, 'admin_required'),
      },
      { send: { path: `${root}/links/export?format=csv` }, expect: problem(401, 'key_missing') },
    ],
  },
  {
    says: 'A link’s QR code comes as SVG and PNG, in colours',
    people: { ann: {} },
    steps: [
      make('ann'),
      {
        send: by('ann', ({ id }) => ({
          path: `/links/${id}/qr.svg?dark=aa0000&light=FFEEDD&margin=1`,
        })),
        expect: {
          status: 200,
          holds: ['<svg', '#aa0000', '#FFEEDD'],
          headers: { 'content-type': 'image/svg+xml' },
        },
      },
      {
        send: by('ann', ({ id }) => ({ path: `/links/${id}/qr.png?dark=aa0000&size=128` })),
        expect: { status: 200, holds: ['PNG'], headers: { 'content-type': 'image/png' } },
      },
      ...['dark=red', 'dark=%3Cscript%3E', 'light=12345', 'margin=21', 'margin=x', 'size=63'].map(
        (query): Step => ({
          send: by('ann', ({ id }) => ({ path: `/links/${id}/qr.png?${query}` })),
          expect: problem(400, 'input_invalid'),
        }),
      ),
    ],
  },
]
