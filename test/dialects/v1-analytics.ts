import { expect } from 'bun:test'
import type { Scenario, Step } from '../scenario'
import { dawn } from '../world'
import { as, follow, page, refusal, shorten } from './v1-words'

const people = { ann: {}, bob: {} }
const hour = 3_600_000
const day = 24 * hour

const chrome = {
  'User-Agent':
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  Referer: 'https://www.google.com/search?q=x',
  'Accept-Language': 'de-CH,de;q=0.9',
}
const iphone = {
  'User-Agent':
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
}

/** A link of ann's that was followed three times by Chrome and once by an iPhone. */
const followed: Step[] = [shorten('ann'), follow('code', chrome, 3), follow('code', iphone)]

const analytics = (query: string, expected: unknown): Step => ({
  send: as('ann', ({ code }) => ({ path: `/analytics/${code}${query}` })),
  expect: { status: 200, json: expected },
})

const granularity = (query: string, word: string, points?: number): Step => ({
  send: as('ann', ({ code }) => ({ path: `/analytics/${code}?${query}` })),
  expect: {
    status: 200,
    json: expect.objectContaining({
      timeseries: {
        granularity: word,
        data: points === undefined ? expect.any(Array) : Array(points).fill(expect.anything()),
      },
    }),
  },
})

const breakdown = (dimension: string, data: [string, number, number][]): Step =>
  analytics(
    `?dimension=${dimension}`,
    expect.objectContaining({
      breakdown: {
        dimension,
        total: 4,
        data: data.map(([value, clicks, percentage]) => ({ value, clicks, percentage })),
      },
    }),
  )

export const v1AnalyticsScenarios: Scenario[] = [
  {
    says: 'Analytics of a URL: summary and timeseries; a breakdown only with a dimension',
    people,
    steps: [
      ...followed,
      analytics('', {
        success: true,
        summary: {
          totalClicks: 4,
          uniqueVisitors: 2,
          prevPeriodClicks: 0,
          prevPeriodUnique: 0,
          topCountry: 'XX',
          topReferrer: 'google.com',
          topDevice: 'desktop',
          topBrowser: 'Chrome',
        },
        timeseries: { granularity: 'daily', data: expect.any(Array) },
      }),
      {
        send: as('ann', { path: '/urls' }),
        expect: { status: 200, holds: ['"click_count":4', '"totalClicks":4'] },
      },
      {
        send: ({ code, annKey = '' }) => ({
          path: `/api/stats/${code}`,
          headers: { 'X-Customer-Key': annKey },
        }),
        expect: {
          status: 200,
          json: expect.objectContaining({ total_clicks: 4, total_unique_clicks: 2 }),
        },
      },
    ],
  },
  {
    says: 'Breakdown by country, device_type, browser, os, referrer_domain, language',
    people,
    steps: [
      ...followed,
      breakdown('country', [['XX', 4, 100]]),
      breakdown('device_type', [
        ['desktop', 3, 75],
        ['mobile', 1, 25],
      ]),
      breakdown('browser', [
        ['Chrome', 3, 75],
        ['Mobile Safari', 1, 25],
      ]),
      breakdown('os', [
        ['Windows', 3, 75],
        ['iOS', 1, 25],
      ]),
      breakdown('referrer_domain', [
        ['google.com', 3, 75],
        ['Direct', 1, 25],
      ]),
      analytics(
        '?dimension=language',
        expect.objectContaining({
          breakdown: {
            dimension: 'language',
            total: 4,
            data: [
              { value: expect.stringMatching(/^de/), clicks: 3, percentage: 75 },
              { value: expect.any(String), clicks: 1, percentage: 25 },
            ],
          },
        }),
      ),
      {
        send: as('ann', ({ code }) => ({ path: `/analytics/${code}?dimension=browser&limit=1` })),
        expect: {
          status: 200,
          holds: ['"data":[{"value":"Chrome","clicks":3,"percentage":75}]}}'],
        },
      },
      {
        send: as('ann', ({ code }) => ({ path: `/analytics/${code}?dimension=city` })),
        expect: refusal(400, 'INVALID_PARAMETER'),
      },
      ...['limit=x', 'start=yesterday', 'end=2026-02-30', 'start=-1', 'end=1e9', 'start='].map(
        (query): Step => ({
          send: as('ann', ({ code }) => ({ path: `/analytics/${code}?dimension=os&${query}` })),
          expect: refusal(400, 'INVALID_PARAMETER'),
        }),
      ),
      {
        send: as('ann', ({ code }) => ({
          path: `/analytics/${code}?start=2026-03-02&end=2026-03-01`,
        })),
        expect: refusal(400, 'INVALID_PARAMETER', 'end: must not be before start'),
      },
    ],
  },
  {
    says: 'A URL that was never clicked has zeros and no top values',
    people,
    steps: [
      shorten('ann'),
      analytics('?dimension=os', {
        success: true,
        summary: {
          totalClicks: 0,
          uniqueVisitors: 0,
          prevPeriodClicks: 0,
          prevPeriodUnique: 0,
          topCountry: null,
          topReferrer: null,
          topDevice: null,
          topBrowser: null,
        },
        timeseries: { granularity: 'daily', data: expect.any(Array) },
        breakdown: { dimension: 'os', total: 0, data: [] },
      }),
    ],
  },
  {
    says: 'Hourly for <48h, daily for <90d, weekly for <1y, monthly otherwise',
    people,
    steps: [
      shorten('ann'),
      granularity(`start=${dawn - 48 * hour + 1}&end=${dawn}`, 'hourly', 48),
      granularity(`start=${dawn - 48 * hour}&end=${dawn}`, 'daily', 3),
      granularity(`start=${dawn - 90 * day + 1}&end=${dawn}`, 'daily'),
      granularity(`start=${dawn - 90 * day}&end=${dawn}`, 'weekly'),
      granularity(`start=${dawn - 365 * day + 1}&end=${dawn}`, 'weekly'),
      granularity(`start=${dawn - 365 * day}&end=${dawn}`, 'monthly', 13),
      granularity(`start=0&end=${dawn}`, 'monthly'),
      granularity('start=0&end=8000000000000000', 'monthly', 1000),
      granularity('start=2026-03-01&end=2026-03-01', 'hourly', 24),
      granularity(`start=${dawn}&end=${dawn}`, 'hourly'),
      granularity('start=2026-03-01T10:00:00%2B02:00&end=2026-03-01T09:00Z', 'hourly', 1),
    ],
  },
  {
    says: 'Empty steps are zero-filled, and the previous period is as long as this one',
    people,
    pass: { 2: 2 * hour, 3: hour },
    steps: [
      shorten('ann'),
      follow('code', chrome, 2),
      follow('code', iphone, 3),
      analytics(`?start=${dawn + hour}&end=${dawn + 3 * hour}`, {
        success: true,
        summary: expect.objectContaining({
          totalClicks: 3,
          uniqueVisitors: 1,
          prevPeriodClicks: 2,
          prevPeriodUnique: 1,
        }),
        timeseries: {
          granularity: 'hourly',
          data: [
            { period: dawn + hour, clicks: 0, unique_visitors: 0 },
            { period: dawn + 2 * hour, clicks: 3, unique_visitors: 1 },
          ],
        },
      }),
    ],
  },
  {
    says: 'You can only access analytics for URLs you created',
    people,
    steps: [
      shorten('ann'),
      {
        send: as('bob', ({ code }) => ({ path: `/analytics/${code}` })),
        expect: refusal(404, 'NOT_FOUND'),
      },
    ],
  },
  {
    says: 'Analytics aggregated across all URLs owned by the API key holder',
    people,
    steps: [
      ...followed,
      shorten('ann', 'other', `${page}/2`),
      follow('other', iphone, 1),
      shorten('bob', 'foreign'),
      follow('foreign', chrome, 5),
      {
        send: as('ann', { path: '/analytics/overview' }),
        expect: ({ code, other }) => ({
          status: 200,
          json: {
            success: true,
            totalClicks: 5,
            uniqueVisitors: 3,
            prevPeriodClicks: 0,
            prevPeriodUnique: 0,
            timeseries: { granularity: 'daily', data: expect.any(Array) },
            topUrls: [
              { short_code: code, original_url: page, clicks: 4 },
              { short_code: other, original_url: `${page}/2`, clicks: 1 },
            ],
            countryBreakdown: [{ value: 'XX', clicks: 5, percentage: 100 }],
            deviceBreakdown: [
              { value: 'desktop', clicks: 3, percentage: 60 },
              { value: 'mobile', clicks: 2, percentage: 40 },
            ],
            browserBreakdown: [
              { value: 'Chrome', clicks: 3, percentage: 60 },
              { value: 'Mobile Safari', clicks: 2, percentage: 40 },
            ],
            osBreakdown: [
              { value: 'Windows', clicks: 3, percentage: 60 },
              { value: 'iOS', clicks: 2, percentage: 40 },
            ],
            referrerBreakdown: [
              { value: 'google.com', clicks: 3, percentage: 60 },
              { value: 'Direct', clicks: 2, percentage: 40 },
            ],
          },
        }),
      },
      {
        send: as('ann', { path: '/analytics/overview?start=2025-01-01' }),
        expect: { status: 200, holds: ['"granularity":"monthly"', '"totalClicks":5'] },
      },
      {
        send: as('ann', { path: '/analytics/overview?start=soon' }),
        expect: refusal(400, 'INVALID_PARAMETER'),
      },
    ],
  },
]
