import { expect } from 'bun:test'
import type { Scenario, Step } from '../scenario'
import { busy, refusal, shorten, withKey } from './shorten-words'

const exportOf =
  (format: string) =>
  ({ code }: Record<string, string>) =>
    `/api/export/${code}?format=${format}`

const mimes = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  xml: 'application/xml; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

const exported = (format: keyof typeof mimes, holds: string[] = []): Step => ({
  send: withKey(exportOf(format)),
  expect: ({ code }) => ({
    status: 200,
    holds,
    headers: {
      'content-type': mimes[format],
      'content-disposition': `attachment; filename="clicks-${code}.${format}"`,
      'x-content-type-options': 'nosniff',
    },
  }),
})

export const shortenExportScenarios: Scenario[] = [
  {
    says: 'Free accounts get CSV: no key is needed',
    steps: [
      ...busy,
      {
        send: (saved) => ({ path: exportOf('csv')(saved) }),
        expect: {
          status: 200,
          holds: [
            'clicked_at,country_code,browser,os,device_type,referer,is_bot\r\n',
            '+00:00,XX,Chrome,Windows,desktop,https://twitter.com,false\r\n',
            '+00:00,XX,Mobile Safari,iOS,mobile,Direct,false\r\n',
            ',bot,Direct,true\r\n',
          ],
        },
      },
    ],
  },
  {
    says: 'Dashboard accounts get CSV, JSON, XML, and XLSX',
    steps: [
      ...busy,
      exported('csv'),
      exported('xml', ['<clicks>', '<browser>Chrome</browser>', '<is_bot>true</is_bot>']),
      exported('xlsx', ['PK']),
      {
        send: withKey(exportOf('json')),
        expect: {
          status: 200,
          json: Array(6).fill({
            clicked_at: expect.stringMatching(/\+00:00$/),
            country_code: 'XX',
            browser: expect.any(String),
            os: expect.any(String),
            device_type: expect.any(String),
            referer: expect.any(String),
            is_bot: expect.any(Boolean),
          }),
        },
      },
      {
        send: ({ code, key }) => ({ path: `/api/export/${code}?format=json&key=${key}` }),
        expect: { status: 200 },
      },
    ],
  },
  {
    says: 'A link that was never clicked exports as a head',
    steps: [
      shorten(),
      {
        send: withKey(exportOf('csv')),
        expect: { status: 200, holds: ['clicked_at,country_code'], hides: ['false'] },
      },
      { send: withKey(exportOf('json')), expect: { status: 200, json: [] } },
      exported('xml', ['<clicks>\n</clicks>']),
      exported('xlsx', ['PK']),
    ],
  },
  {
    says: 'A dashboard key is required for non-CSV formats',
    steps: [
      shorten(),
      shorten('other', 'otherKey'),
      ...['json', 'xml', 'xlsx'].flatMap((format): Step[] => [
        {
          send: (saved) => ({ path: exportOf(format)(saved) }),
          expect: refusal(401, 'A dashboard key is required'),
        },
        {
          send: withKey(exportOf(format), 'otherKey'),
          expect: refusal(401, 'A dashboard key is required'),
        },
      ]),
      {
        send: (saved) => ({ path: `${exportOf('csv')(saved)}&key=never-seen-before` }),
        expect: refusal(401, 'Invalid customer key'),
      },
    ],
  },
  {
    says: 'A plan without all exports gets CSV only',
    with: { SNUG_DEFAULT_PLAN: 'free' },
    steps: [
      shorten(),
      exported('csv'),
      { send: withKey(exportOf('json')), expect: refusal(401, 'A dashboard key is required') },
    ],
  },
  {
    says: '400: the format is required, and is one of csv, json, xml and xlsx',
    steps: [
      shorten(),
      ...['', '?format=', '?format=pdf', '?format=CSV', '?format=toString'].map(
        (query): Step => ({
          send: withKey(({ code }) => `/api/export/${code}${query}`),
          expect: refusal(400),
        }),
      ),
    ],
  },
  {
    says: '404 Short code not found, before anybody is asked for a key',
    steps: [
      {
        send: { path: '/api/export/nothing?format=csv' },
        expect: refusal(404, 'Short code not found'),
      },
      {
        send: { path: '/api/export/nothing?format=json' },
        expect: refusal(404, 'Short code not found'),
      },
      { send: { path: '/api/export/a%22%0d%0ab?format=csv' }, expect: refusal(404) },
    ],
  },
]
