import { expect } from 'bun:test'
import type { Saved, Scenario, Step } from '../scenario'
import {
  busy,
  busyFreeLists,
  busyPaidLists,
  busyTotals,
  click,
  follow,
  instant,
  iphone,
  page,
  read,
  refusal,
  shorten,
  withKey,
} from './shorten-words'

const statsOf = ({ code }: Saved) => `/api/stats/${code}`

const ofLink = ({ code }: Saved) => ({
  short_code: code,
  short_url: expect.stringMatching(new RegExp(`^http://[^/]+/${code}$`)),
  original_url: page,
  creation_date: instant,
  last_click: instant,
})

export const shortenStatsScenarios: Scenario[] = [
  {
    says: 'Extended statistics when you pass your dashboard key',
    steps: [
      ...busy,
      read(statsOf, (saved: Saved) => ({
        ...ofLink(saved),
        ...busyTotals,
        access_level: 'paid',
        paid_expires_at: null,
        paid_days_remaining: null,
        ...busyFreeLists,
        ...busyPaidLists,
        recent_clicks: Array(6).fill(click()),
      })),
    ],
  },
  {
    says: 'The key counts as header, as `key` parameter and with an `sk_` key of an account',
    people: { ann: {} },
    steps: [
      shorten(),
      {
        send: ({ code, key }) => ({ path: `/api/stats/${code}?key=${key}` }),
        expect: { status: 200, holds: ['"access_level":"paid"'] },
      },
      {
        send: ({ annKey = '' }) => ({
          path: '/api/shorten',
          headers: { 'X-Customer-Key': annKey },
          body: { url: page },
        }),
        expect: { status: 200 },
        save: ({ json }) => ({ annCode: json.short_code }),
      },
      {
        send: withKey(({ annCode }) => `/api/stats/${annCode}`, 'annKey'),
        expect: { status: 200, holds: ['"access_level":"paid"'] },
      },
    ],
  },
  {
    says: 'The same link is free without the key, and with a key that has no rights to it',
    steps: [
      ...busy,
      shorten('otherCode', 'otherKey'),
      ...[(saved: Saved) => ({ path: statsOf(saved) }), withKey(statsOf, 'otherKey')].map(
        (send): Step => ({
          send,
          expect: (saved) => ({
            status: 200,
            json: { ...ofLink(saved), ...busyTotals, access_level: 'free', ...busyFreeLists },
          }),
        }),
      ),
    ],
  },
  {
    says: 'A plan without full statistics gets the free ones',
    with: { SNUG_DEFAULT_PLAN: 'free' },
    steps: [shorten(), read(statsOf, expect.objectContaining({ access_level: 'free' }))],
  },
  {
    says: 'At most 50 recent clicks, newest first',
    steps: [
      shorten(),
      follow('code', iphone, 60),
      read(
        statsOf,
        expect.objectContaining({ total_clicks: 60, recent_clicks: Array(50).fill(click(false)) }),
      ),
    ],
  },
  {
    says: 'Links of accounts are nobody else’s business: 404 without their key',
    people: { ann: {} },
    steps: [
      {
        send: ({ annKey = '' }) => ({
          path: '/api/v1/shorten',
          headers: { Authorization: `Bearer ${annKey}` },
          body: { url: page },
        }),
        expect: { status: 201 },
        save: ({ json }) => ({ code: json.shortCode }),
      },
      shorten('otherCode', 'otherKey'),
      {
        send: (saved) => ({ path: statsOf(saved) }),
        expect: { ...refusal(404, 'Short code not found'), hides: [page] },
      },
      {
        send: withKey(statsOf, 'otherKey'),
        expect: { ...refusal(404, 'Short code not found'), hides: [page] },
      },
      {
        send: ({ code }) => ({ path: `/api/export/${code}?format=csv` }),
        expect: refusal(404, 'Short code not found'),
      },
      {
        send: withKey(statsOf, 'annKey'),
        expect: { status: 200, holds: ['"access_level":"paid"'] },
      },
    ],
  },
  {
    says: '410 Link expired or removed',
    people: { ann: {} },
    steps: [
      {
        send: ({ annKey = '' }) => ({
          path: '/api/v1/shorten',
          headers: { Authorization: `Bearer ${annKey}` },
          body: { url: page },
        }),
        expect: { status: 201 },
        save: ({ json }) => ({ code: json.shortCode }),
      },
      {
        send: ({ annKey = '', code }) => ({
          path: `/api/v1/urls/${code}`,
          method: 'DELETE',
          headers: { Authorization: `Bearer ${annKey}` },
        }),
        expect: { status: 200 },
      },
      { send: withKey(statsOf, 'annKey'), expect: refusal(410, 'Link expired or removed') },
      {
        send: withKey(({ code }) => `/api/export/${code}?format=json`, 'annKey'),
        expect: refusal(410, 'Link expired or removed'),
      },
      {
        send: (saved) => ({ path: statsOf(saved) }),
        expect: refusal(404, 'Short code not found'),
      },
    ],
  },
]
