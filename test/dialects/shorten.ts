import { expect } from 'bun:test'
import type { Scenario, Step } from '../scenario'
import { shortenDashboardScenarios } from './shorten-dashboard'
import { shortenExportScenarios } from './shorten-export'
import { shortenStatsScenarios } from './shorten-stats'

const page = 'https://example.com/my-long-url'

/** Makes a link and remembers its code and key. */
const shortenIt = (body: Record<string, unknown> = { url: page }): Step => ({
  send: { path: '/api/shorten', body },
  expect: { status: 200 },
  save: ({ json }) => ({ code: json.short_code, key: json.customer_secret_key }),
})

const refusal = (code: number, message: unknown = expect.any(String)) => ({
  status: code,
  json: { error: true, message, code },
  headers: { 'content-type': expect.stringContaining('application/json') },
})

const refused = (says: string, body: unknown, message?: unknown): Scenario => ({
  says,
  steps: [{ send: { path: '/api/shorten', body }, expect: refusal(400, message) }],
})

const invalid = 'url must be a valid http/https URL of at most 2048 characters'

export const shortenScenarios: Scenario[] = [
  ...shortenStatsScenarios,
  ...shortenDashboardScenarios,
  ...shortenExportScenarios,
  {
    says: 'Create a new short link. Returns the short URL and a customer secret key',
    steps: [
      {
        send: { path: '/api/shorten', body: { url: page } },
        expect: {
          status: 200,
          json: {
            short_url: expect.stringMatching(
              /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?\/[A-Za-z0-9]{6}$/,
            ),
            short_code: expect.stringMatching(/^[A-Za-z0-9]{6}$/),
            original_url: page,
            customer_secret_key: expect.stringMatching(/^a7k_[A-Za-z0-9]{16}$/),
          },
        },
      },
    ],
  },
  {
    says: 'Supply your own key instead of getting an auto-generated one',
    steps: [
      {
        send: { path: '/api/shorten', body: { url: page, customer_secret_key: 'my-own-secret-1' } },
        expect: {
          status: 200,
          json: expect.objectContaining({ customer_secret_key: 'my-own-secret-1' }),
        },
      },
      {
        send: { path: '/api/shorten', body: { url: page, customer_secret_key: 'my-own-secret-1' } },
        expect: {
          status: 200,
          json: expect.objectContaining({ customer_secret_key: 'my-own-secret-1' }),
        },
      },
    ],
  },
  {
    says: 'A key of one’s own is 12–128 printable ASCII characters without spaces',
    steps: ['short', 'x'.repeat(129), 'with a space inside', 'umlaut-äöü-äöü'].map((key) => ({
      send: { path: '/api/shorten', body: { url: page, customer_secret_key: key } },
      expect: refusal(401, 'Invalid customer key'),
    })),
  },
  {
    says: 'Two different keys in one request are refused',
    steps: [
      {
        send: {
          path: '/api/shorten?key=my-own-secret-2',
          headers: { 'X-Customer-Key': 'my-own-secret-3' },
          body: { url: page },
        },
        expect: refusal(401),
      },
    ],
  },
  {
    says: 'Strangers need a key that exists when the instance is not public',
    with: { SNUG_PUBLIC: 'off' },
    steps: [
      { send: { path: '/api/shorten', body: { url: page } }, expect: refusal(401) },
      {
        send: { path: '/api/shorten', body: { url: page, customer_secret_key: 'my-own-secret-4' } },
        expect: refusal(401),
      },
      { send: { path: '/api/shorten', body: { url: 5 } }, expect: refusal(401) },
      { send: { path: '/api/shorten', body: '{' }, expect: refusal(401) },
    ],
  },
  {
    says: 'Links on one of our own hosts are refused',
    steps: [
      {
        send: {
          path: '/api/shorten',
          headers: { Host: 'go.example' },
          body: { url: 'http://go.example/abc' },
        },
        expect: refusal(400, invalid),
      },
    ],
  },
  {
    says: 'A link is followed with 302 and nobody is told more than where to go',
    steps: [
      shortenIt({ url: 'https://example.com/ü?q=ä b'.replace(' ', '%20') }),
      {
        send: ({ code }) => ({ path: `/${code}` }),
        expect: {
          status: 302,
          headers: {
            location: 'https://example.com/%C3%BC?q=%C3%A4%20b',
            'cache-control': 'no-store',
            'x-robots-tag': 'noindex',
            'set-cookie': null,
          },
        },
      },
    ],
  },
  {
    says: 'Basic statistics for any link: clicks, countries, referrers, and date chart',
    steps: [
      shortenIt(),
      {
        send: ({ code }) => ({
          path: `/${code}`,
          headers: {
            'User-Agent':
              'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
            Referer: 'https://twitter.com/someone/status/1',
          },
        }),
        expect: { status: 302 },
        times: 3,
      },
      { send: ({ code }) => ({ path: `/${code}`, method: 'HEAD' }), expect: { status: 302 } },
      {
        send: ({ code }) => ({ path: `/api/stats/${code}` }),
        expect: ({ code }) => ({
          status: 200,
          json: {
            short_code: code,
            short_url: expect.stringMatching(new RegExp(`/${code}$`)),
            original_url: page,
            total_clicks: 3,
            total_unique_clicks: 1,
            avg_redirect_time_ms: expect.any(Number),
            creation_date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/),
            last_click: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/),
            bot_clicks: 0,
            access_level: 'free',
            clicks_by_date: [{ date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), clicks: '3' }],
            clicks_by_country: [{ country: 'XX', clicks: '3' }],
            clicks_by_referrer: [{ referer: 'https://twitter.com', clicks: '3' }],
          },
        }),
      },
    ],
  },
  {
    says: 'A link that was never clicked has empty statistics',
    steps: [
      shortenIt(),
      {
        send: ({ code }) => ({ path: `/api/stats/${code}` }),
        expect: {
          status: 200,
          json: expect.objectContaining({
            total_clicks: 0,
            total_unique_clicks: 0,
            avg_redirect_time_ms: 0,
            last_click: null,
            bot_clicks: 0,
            clicks_by_date: [],
            clicks_by_country: [],
            clicks_by_referrer: [],
          }),
        },
      },
    ],
  },
  {
    says: '404 Short code not found',
    steps: [
      { send: { path: '/api/stats/nothing1' }, expect: refusal(404, 'Short code not found') },
    ],
  },
  {
    says: '401 Unauthorized: a customer key that does not exist',
    steps: [
      shortenIt(),
      {
        send: ({ code }) => ({
          path: `/api/stats/${code}`,
          headers: { 'X-Customer-Key': 'never-seen-before' },
        }),
        expect: refusal(401, 'Invalid customer key'),
      },
    ],
  },
  {
    says: '429 Rate limit exceeded: 30 requests a minute and address',
    steps: [
      {
        send: { path: '/api/shorten', body: { url: page } },
        expect: { status: 200, headers: { 'ratelimit-limit': '30' } },
        times: 30,
      },
      {
        send: { path: '/api/shorten', body: { url: page } },
        expect: {
          ...refusal(429, 'Rate limit exceeded'),
          headers: { 'retry-after': expect.stringMatching(/^[1-9]\d*$/) },
        },
      },
      { send: { path: '/api/stats/nothing1' }, expect: refusal(404) },
    ],
  },
  {
    says: 'A minute later the limit has refilled',
    pass: { 2: 60_000 },
    steps: [
      { send: { path: '/api/shorten', body: { url: page } }, expect: { status: 200 }, times: 30 },
      { send: { path: '/api/shorten', body: { url: page } }, expect: refusal(429) },
      { send: { path: '/api/shorten', body: { url: page } }, expect: { status: 200 }, times: 30 },
    ],
  },
  refused('400: no url', {}, 'url is required'),
  refused('400: an empty url', { url: '' }, 'url is required'),
  refused('400: url null', { url: null }, 'url is required'),
  refused('400: a number', { url: 5 }, invalid),
  refused('400: an object', { url: { href: page } }, invalid),
  refused('400: a JavaScript address', { url: 'javascript:alert(1)' }, invalid),
  refused('400: a data address', { url: 'data:text/html,x' }, invalid),
  refused('400: ftp', { url: 'ftp://example.com/' }, invalid),
  refused('400: a user name in the address', { url: 'https://me:secret@example.com/' }, invalid),
  refused('400: a control character', { url: 'https://example.com/\u0000' }, invalid),
  refused('400: a line break', { url: 'https://example.com/\r\nSet-Cookie:a=b' }, invalid),
  refused('400: an inner space', { url: 'https://example.com/a b' }, invalid),
  refused('400: a bidirectional override', { url: 'https://example.com/\u202egpj.exe' }, invalid),
  refused('400: a backslash', { url: 'https:\\\\example.com' }, invalid),
  refused('400: 2049 characters', { url: `https://example.com/${'a'.repeat(2029)}` }, invalid),
  refused('400: 128 KB', { url: `http://a${'a'.repeat(131072)}` }, invalid),
  refused('400: broken JSON', '{"url":', 'body: not valid JSON'),
  refused('400: an array', [page]),
  refused('400: a wrong key type', { url: page, customer_secret_key: 5 }),
  {
    says: '400: a body that is not declared as JSON',
    steps: [
      {
        send: {
          path: '/api/shorten',
          headers: { 'Content-Type': 'text/plain' },
          body: JSON.stringify({ url: page }),
        },
        expect: refusal(400),
      },
    ],
  },
  {
    says: '413: a body over 512 KiB',
    steps: [
      {
        send: { path: '/api/shorten', body: { url: page, filler: 'x'.repeat(600_000) } },
        expect: refusal(413),
      },
    ],
  },
  {
    says: '2048 characters are accepted, and echoed exactly as sent',
    steps: [
      {
        send: { path: '/api/shorten', body: { url: `https://example.com/${'a'.repeat(2028)}` } },
        expect: {
          status: 200,
          json: expect.objectContaining({
            original_url: `https://example.com/${'a'.repeat(2028)}`,
          }),
        },
      },
    ],
  },
  {
    says: 'Private addresses are allowed: homelab links',
    steps: [
      shortenIt({ url: 'http://192.168.1.10:8080/' }),
      shortenIt({ url: 'http://[fd00::1]/' }),
      shortenIt({ url: 'http://nas/' }),
    ],
  },
  {
    says: 'Everything below the roots is refused in the dialect’s envelope',
    steps: [
      { send: { path: '/api/shorten' }, expect: refusal(404) },
      { send: { path: '/api/shorten/more' }, expect: refusal(404) },
      { send: { path: '/api/stats' }, expect: refusal(404) },
      { send: { path: '/api/stats/a/b' }, expect: refusal(404) },
      { send: { path: '/api/stats/abc', method: 'DELETE' }, expect: refusal(404) },
      { send: { path: '/api/shorten', method: 'PUT', body: { url: page } }, expect: refusal(404) },
    ],
  },
]
