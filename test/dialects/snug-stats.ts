import { expect } from 'bun:test'
import type { Scenario, Step } from '../scenario'
import { by, make } from './snug-links'
import { problem } from './snug-words'

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

const visit = (headers: Record<string, string>, times = 1): Step => ({
  send: ({ code }) => ({ path: `/${code}`, headers }),
  expect: { status: 302 },
  times,
})

const visits = [
  visit({ 'User-Agent': chrome, Referer: 'https://news.example/a' }, 2),
  visit({ 'User-Agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' }),
]

const read = (path: string | ((id: string) => string), json: unknown, name = 'ann'): Step => ({
  send: by(name, ({ id = '' }) => ({ path: typeof path === 'string' ? path : path(id) })),
  expect: { status: 200, json },
})

const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

export const snugStatsScenarios: Scenario[] = [
  {
    says: 'Statistics of a link: totals, the span before, a time line without gaps, splits as asked',
    people: { ann: {} },
    steps: [
      make('ann', { code: 'shown' }),
      ...visits,
      read((id) => `/links/${id}/stats?dimensions=country,browser,bot,hour,link,referrerDomain`, {
        from: instant,
        to: instant,
        step: 'day',
        totals: {
          clicks: 3,
          visitors: 1,
          bots: 1,
          lastClickAt: instant,
          averageRedirectMs: expect.any(Number),
        },
        previous: { clicks: 0, visitors: 0 },
        series: expect.arrayContaining([{ start: instant, clicks: 3, visitors: 1 }]),
        breakdowns: {
          country: [{ value: 'XX', clicks: 3, percentage: 100 }],
          browser: expect.arrayContaining([{ value: 'Chrome', clicks: 2, percentage: 66.7 }]),
          bot: [{ value: 'Googlebot', clicks: 1, percentage: 33.3 }],
          referrerDomain: expect.arrayContaining([
            expect.objectContaining({ value: 'news.example', clicks: 2 }),
          ]),
        },
        hours: [{ hour: expect.any(Number), clicks: 3 }],
        topLinks: [
          { clicks: 3, lastClickAt: instant, link: expect.objectContaining({ code: 'shown' }) },
        ],
      }),
    ],
  },
  {
    says: 'Every filter narrows, over one link and over many',
    people: { ann: {}, bob: {} },
    steps: [
      make('bob'),
      visit({ 'User-Agent': chrome }),
      make('ann', { tags: ['red'] }),
      ...visits,
      ...Object.entries({
        '': 3,
        'bots=none': 2,
        'bots=only': 1,
        'country=xx': 3,
        'country=DE': 0,
        'browser=Chrome': 2,
        'os=Windows': 2,
        'device=desktop&bots=none': 2,
        'referrer=https://news.example': 2,
        'referrerDomain=news.example': 2,
        'language=xx': 0,
        'tag=red': 3,
        'tag=blue': 0,
        'q=example.com': 3,
        'from=2020-01-01': 3,
        'from=2020-01-01&to=2020-02-01': 0,
        'browser=%27%20OR%201=1': 0,
      }).map(([query, clicks]) =>
        read(`/stats?${query}`, {
          from: instant,
          to: instant,
          step: expect.any(String),
          previous: expect.anything(),
          totals: expect.objectContaining({ clicks }),
          series: expect.any(Array),
          breakdowns: {},
          hours: null,
          topLinks: null,
        }),
      ),
      read((id) => `/stats?link=${id}&bots=none`, expect.objectContaining({ topLinks: null })),
    ],
  },
  {
    says: 'Days begin where the viewer is',
    people: { ann: {} },
    with: {},
    pass: { 1: 11 * 3_600_000 },
    steps: [
      make('ann'),
      visit({ 'User-Agent': chrome }),
      read(
        '/stats?from=2026-03-11&to=2026-03-11&offset=120&step=day&dimensions=hour',
        expect.objectContaining({
          from: '2026-03-10T22:00:00.000Z',
          to: '2026-03-11T22:00:00.000Z',
          series: [{ start: '2026-03-10T22:00:00.000Z', clicks: 1, visitors: 1 }],
          hours: [{ hour: 1, clicks: 1 }],
        }),
      ),
      read(
        '/stats?from=2026-03-11&to=2026-03-11',
        expect.objectContaining({ totals: expect.objectContaining({ clicks: 0 }) }),
      ),
    ],
  },
  {
    says: 'Wrong parameters of statistics are refused',
    people: { ann: {} },
    steps: [
      'from=yesterday',
      'from=2026-13-01',
      'to=2026-01-01T00:00',
      'country=DEU',
      'bots=maybe',
      'offset=841',
      'offset=x',
      'step=minute',
      'dimensions=password',
      'limit=0',
      'limit=101',
      'link=x',
      `browser=${'x'.repeat(201)}`,
    ].map(
      (query): Step => ({
        send: by('ann', { path: `/stats?${query}` }),
        expect: problem(400, 'input_invalid'),
      }),
    ),
  },
  {
    says: 'A span must not end before it begins',
    people: { ann: {} },
    steps: [
      {
        send: by('ann', { path: '/stats?from=2026-02-01&to=2026-01-01' }),
        expect: problem(400, 'input_invalid', 'to'),
      },
    ],
  },
  {
    says: 'A plan with basic statistics splits by country and referrer only',
    people: { ann: { plan: 'free' } },
    steps: [
      make('ann'),
      read('/stats?dimensions=country,referrer', expect.objectContaining({ hours: null })),
      {
        send: by('ann', ({ id }) => ({ path: `/links/${id}/stats?dimensions=browser` })),
        expect: problem(403, 'plan_required'),
      },
    ],
  },
  {
    says: 'The log of a link shows its clicks one by one, newest first',
    people: { ann: {} },
    steps: [
      make('ann'),
      ...visits,
      {
        send: by('ann', ({ id }) => ({ path: `/links/${id}/clicks?limit=2` })),
        expect: ({ id }) => ({
          status: 200,
          json: {
            page: 1,
            limit: 2,
            total: 3,
            data: [
              expect.objectContaining({ linkId: Number(id), bot: 'Googlebot', country: 'XX' }),
              {
                linkId: Number(id),
                at: instant,
                country: 'XX',
                browser: 'Chrome',
                os: 'Windows',
                device: 'desktop',
                referrer: 'https://news.example',
                language: expect.any(String),
                bot: null,
              },
            ],
          },
        }),
      },
      read((id) => `/links/${id}/clicks?limit=2&page=2`, {
        page: 2,
        limit: 2,
        total: 3,
        data: [expect.objectContaining({ browser: 'Chrome' })],
      }),
      {
        send: by('ann', ({ id }) => ({ path: `/links/${id}/clicks?limit=100&page=101` })),
        expect: problem(400, 'input_invalid', 'page'),
      },
    ],
  },
]
