import { expect } from 'bun:test'
import type { Expected, Saved, Step } from '../scenario'
import type { Send } from '../world'

export const page = 'https://example.com/my-long-url'

export const chrome = {
  'User-Agent':
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  Referer: 'https://twitter.com/someone/status/1',
}
export const iphone = {
  'User-Agent':
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
}
export const googlebot = {
  'User-Agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
}

/** An instant and a day as the document prints them. */
export const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/)
const date = expect.stringMatching(/^\d{4}-\d\d-\d\d$/)

/** A refusal in the dialect's envelope. */
export const refusal = (code: number, message: unknown = expect.any(String)): Expected => ({
  status: code,
  json: { error: true, message, code },
  headers: { 'content-type': expect.stringContaining('application/json') },
})

/** Makes a link, for the key remembered under `key` once there is one; remembers its code under a name. */
export const shorten = (name = 'code', key = 'key', url = page): Step => ({
  send: (saved) => ({
    path: '/api/shorten',
    body: { url, ...(saved[key] === undefined ? {} : { customer_secret_key: saved[key] }) },
  }),
  expect: { status: 200 },
  save: ({ json }) => ({ [name]: json.short_code, [key]: json.customer_secret_key }),
})

/** Follows a link, as often as it says. */
export const follow = (name: string, headers: Record<string, string>, times = 1): Step => ({
  send: (saved) => ({ path: `/${saved[name]}`, headers }),
  expect: { status: 302 },
  times,
})

type Path = string | ((saved: Saved) => string)

/** A request with the key remembered under `key`. */
export const withKey =
  (path: Path, key = 'key') =>
  (saved: Saved): Send => ({
    path: typeof path === 'function' ? path(saved) : path,
    headers: { 'X-Customer-Key': saved[key] ?? '' },
  })

/** Reads with the key, expecting this. */
export const read = (path: Path, json: unknown, key = 'key'): Step => ({
  send: withKey(path, key),
  expect: (saved) => ({ status: 200, json: typeof json === 'function' ? json(saved) : json }),
})

/** One link clicked six times: three by Chrome, two by an iPhone, one by Googlebot. */
export const busy: Step[] = [
  shorten(),
  follow('code', chrome, 3),
  follow('code', iphone, 2),
  follow('code', googlebot),
]

/** What the lists of `busy` are, for stats and dashboard alike. */
export const busyTotals = {
  total_clicks: 6,
  total_unique_clicks: 2,
  avg_redirect_time_ms: expect.any(Number),
  bot_clicks: 1,
}
export const busyFreeLists = {
  clicks_by_date: [{ date, clicks: '6' }],
  clicks_by_country: [{ country: 'XX', clicks: '6' }],
  clicks_by_referrer: [
    { referer: 'Direct', clicks: '3' },
    { referer: 'https://twitter.com', clicks: '3' },
  ],
}
export const busyPaidLists = {
  clicks_by_browser: expect.arrayContaining([
    { browser: 'Chrome', clicks: '3' },
    { browser: 'Mobile Safari', clicks: '2' },
  ]),
  clicks_by_os: expect.arrayContaining([
    { os: 'Windows', clicks: '3' },
    { os: 'iOS', clicks: '2' },
  ]),
  clicks_by_device: [
    { device_type: 'desktop', clicks: '3' },
    { device_type: 'mobile', clicks: '2' },
    { device_type: 'bot', clicks: '1' },
  ],
  clicks_by_hour: [{ hour: expect.any(Number), clicks: '6' }],
  clicks_by_bot: [{ bot_name: 'Googlebot', clicks: '1' }],
}
export const click = (is_bot: unknown = expect.any(Boolean)) => ({
  clicked_at: instant,
  country_code: 'XX',
  browser: expect.any(String),
  os: expect.any(String),
  device_type: expect.stringMatching(/^(desktop|mobile|bot)$/),
  referer: expect.stringMatching(/^(Direct|https:\/\/twitter\.com)$/),
  is_bot,
})
