import { expect } from 'bun:test'
import type { Expected, Saved, Scenario } from '../scenario'
import type { Send } from '../world'

const url = 'https://example.com/'
const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)

const post = (body: unknown, headers: Record<string, string> = {}): Send => ({
  path: '/api/shortlinks',
  headers,
  body,
})

/** A request with somebody's key. */
const by = (name: string, body: unknown) => (saved: Saved) =>
  post(body, { 'X-API-Key': saved[`${name}Key`] ?? '' })

/** A request from our own pages of somebody who has signed in. */
const signedIn =
  (name: string, body: unknown, headers: Record<string, string> = {}) =>
  (saved: Saved) =>
    post(body, {
      Cookie: saved[`${name}Cookie`] ?? '',
      'Sec-Fetch-Site': 'same-origin',
      ...headers,
    })

const refusal = (status: number, error: unknown = expect.any(String)): Expected => ({
  status,
  json: { error },
  headers: { 'content-type': expect.stringContaining('application/json') },
})

const link = {
  id: expect.any(Number),
  slug: expect.stringMatching(/^[A-Za-z0-9]{6}$/),
  url,
  createdAt: instant,
  lastVisitedAt: null,
  visitCount: 0,
  available: true,
}

const ofAnn = ({ annId }: Saved, more: object = {}) => ({
  status: 200,
  json: {
    link: { ...link, ownerId: Number(annId), guestSessionId: null, ...more },
    owner: { id: Number(annId), email: 'ann@example.com', displayName: 'ann' },
    message: 'Link saved to your account.',
  },
})

const ofGuest = {
  link: { ...link, ownerId: null, guestSessionId: expect.stringMatching(/^[0-9a-f]{24}$/) },
  owner: null,
  message: 'Link saved to this browser session.',
}

const refused = (says: string, body: unknown, status: number, error?: unknown): Scenario => ({
  says,
  steps: [{ send: post(body), expect: refusal(status, error) }],
})

const slugs = (says: string, wrong: readonly unknown[], error: string): Scenario => ({
  says,
  steps: wrong.map((slug) => ({ send: post({ url, slug }), expect: refusal(400, error) })),
})

export const shortlinksScenarios: Scenario[] = [
  {
    says: 'Create with custom slug, by API key: the link, its owner and the message',
    people: { ann: {} },
    steps: [
      {
        send: by('ann', { url, slug: 'myslug' }),
        expect: (saved) => ofAnn(saved, { slug: 'myslug' }),
      },
      {
        send: { path: '/myslug' },
        expect: { status: 302, headers: { location: url } },
      },
    ],
  },
  {
    says: 'Create with auto-generated slug; the URL is echoed as it was sent',
    people: { ann: {} },
    steps: [
      { send: by('ann', { url }), expect: ofAnn },
      { send: by('ann', { url, slug: null }), expect: ofAnn },
      {
        send: by('ann', { url: 'https://google.com' }),
        expect: (saved) => ofAnn(saved, { url: 'https://google.com' }),
      },
    ],
  },
  {
    says: 'In a browser, authentication is handled by the session cookie',
    people: { ann: {} },
    steps: [
      { send: signedIn('ann', { url }), expect: ofAnn },
      {
        send: signedIn('ann', { url }, { 'Sec-Fetch-Site': 'cross-site' }),
        expect: refusal(403),
      },
      { send: signedIn('ann', { url }, { 'Content-Type': 'text/plain' }), expect: refusal(403) },
    ],
  },
  {
    says: 'A key counts before the cookie that came with it',
    people: { ann: {}, bob: {} },
    steps: [
      {
        send: (saved) => ({
          ...by('ann', { url })(saved),
          headers: { 'X-API-Key': saved.annKey ?? '', Cookie: saved.bobCookie ?? '' },
        }),
        expect: ofAnn,
      },
    ],
  },
  {
    says: 'Link saved to this browser session: a guest has a cookie that no script reads',
    steps: [
      {
        send: post({ url }),
        expect: {
          status: 200,
          json: ofGuest,
          headers: {
            'set-cookie': expect.stringMatching(/^snug_guest=[\w-]{43}; .*HttpOnly.*SameSite=Lax/i),
          },
        },
        save: ({ json, headers }) => ({
          session: json.link.guestSessionId,
          code: json.link.slug,
          cookie: headers.get('set-cookie')?.split(';')[0] ?? '',
        }),
      },
      {
        send: ({ cookie = '' }) => post({ url, slug: 'of-a-guest' }, { Cookie: cookie }),
        expect: ({ session }) => ({
          status: 200,
          json: {
            ...ofGuest,
            link: { ...ofGuest.link, slug: 'of-a-guest', guestSessionId: session },
          },
          headers: { 'set-cookie': null },
        }),
      },
      { send: ({ code }) => ({ path: `/${code}` }), expect: { status: 302 } },
      {
        send: post({ url }, { Cookie: 'snug_guest=nobody-knows-this' }),
        expect: { status: 200, headers: { 'set-cookie': expect.stringContaining('snug_guest=') } },
      },
    ],
  },
  {
    says: 'A guest’s link is over after 7 days, and then its slug is free again',
    pass: { 1: 7 * 86_400_000 },
    steps: [
      { send: post({ url, slug: 'soon-over' }), expect: { status: 200 } },
      { send: { path: '/soon-over' }, expect: { status: 410 } },
    ],
  },
  {
    says: 'Guests need a server that lets strangers make links',
    with: { SNUG_PUBLIC: 'off' },
    steps: [
      { send: post({ url }), expect: refusal(401, 'API key required') },
      { send: post({}), expect: refusal(401, 'API key required') },
    ],
  },
  refused('400 "URL is required": missing', {}, 400, 'URL is required'),
  refused('400 "URL is required": empty', { url: '' }, 400, 'URL is required'),
  refused('400 "URL is required": null', { url: null }, 400, 'URL is required'),
  refused('400 "URL is required": blank', { url: '  ' }, 400, 'URL is required'),
  ...[
    'example.com',
    'javascript:alert(1)',
    'ftp://example.com',
    'https://a:b@example.com',
    7,
    [],
  ].map((wrong) =>
    refused(`400 "Invalid URL": ${JSON.stringify(wrong)}`, { url: wrong }, 400, 'Invalid URL'),
  ),
  refused('400 "Invalid URL": too long', { url: `${url}${'a'.repeat(2048)}` }, 400, 'Invalid URL'),
  slugs(
    '400 "Slug is reserved": a reserved system slug',
    ['api', 'Admin', 'setup', 'health'],
    'Slug is reserved',
  ),
  slugs(
    '400 "Invalid slug": must be 2+ characters, and letters, digits, _ and - only',
    ['', 'a', 'a b', 'ä-ö', 'a/b', 'a.b', 'x'.repeat(51), 5, {}, ['ab']],
    'Invalid slug',
  ),
  {
    says: '409 "Slug already exists"',
    people: { ann: {}, bob: {} },
    steps: [
      { send: by('ann', { url, slug: 'taken' }), expect: { status: 200 } },
      { send: by('bob', { url, slug: 'taken' }), expect: refusal(409, 'Slug already exists') },
      { send: by('ann', { url, slug: 'taken' }), expect: refusal(409, 'Slug already exists') },
      { send: by('ann', { url, slug: 'Taken' }), expect: { status: 200 } },
      { send: post({ url, slug: 'taken' }), expect: refusal(409, 'Slug already exists') },
    ],
  },
  {
    says: '401 "Invalid API key format": the header’s form is wrong',
    steps: [
      'nonsense',
      'sk_',
      `sk_${'g'.repeat(64)}`,
      `sk_${'A'.repeat(64)}`,
      `sk_${'a'.repeat(63)}`,
      'a7k_0123456789abcdef',
    ].map((key) => ({
      send: post({ url }, { 'X-API-Key': key }),
      expect: refusal(401, 'Invalid API key format'),
    })),
  },
  {
    says: '401 "Invalid API key": nobody’s key, whatever the body says',
    steps: [{ url }, {}, '{'].map((body) => ({
      send: post(body, { 'X-API-Key': `sk_${'0'.repeat(64)}` }),
      expect: refusal(401, 'Invalid API key'),
    })),
  },
  {
    says: '429 "Too much request. Try again later.": 20 requests per minute and key',
    people: { ann: {}, bob: {} },
    steps: [
      {
        send: by('ann', { url }),
        expect: { status: 200, headers: { 'ratelimit-limit': '20' } },
        times: 20,
      },
      {
        send: by('ann', { url }),
        expect: {
          ...refusal(429, 'Too much request. Try again later.'),
          headers: { 'retry-after': expect.stringMatching(/^[1-9]\d*$/) },
        },
      },
      { send: by('bob', { url }), expect: { status: 200 } },
      { send: post({ url }), expect: { status: 200 } },
    ],
  },
  {
    says: 'Guests of one address share 20 requests a minute, sign-ins count by account',
    people: { ann: {} },
    steps: [
      { send: post({ url }), expect: { status: 200 }, times: 20 },
      { send: post({ url }), expect: refusal(429, 'Too much request. Try again later.') },
      { send: signedIn('ann', { url }), expect: { status: 200 }, times: 20 },
      { send: signedIn('ann', { url }), expect: refusal(429) },
    ],
  },
  {
    says: 'A plan without codes of one’s own draws slugs only',
    people: { ann: { plan: 'free' } },
    steps: [
      { send: by('ann', { url, slug: 'mine' }), expect: refusal(401) },
      { send: by('ann', { url }), expect: { status: 200 } },
    ],
  },
  {
    says: 'Everything below the root is refused in the dialect’s envelope',
    steps: [
      { send: { path: '/api/shortlinks' }, expect: refusal(404) },
      { send: { path: '/api/shortlinks/5' }, expect: refusal(404) },
      { send: { path: '/api/shortlinks', method: 'DELETE' }, expect: refusal(404) },
      { send: post('{"url":'), expect: refusal(400) },
      { send: post('[]'), expect: refusal(400) },
      { send: post('null'), expect: refusal(400) },
      { send: post({ url }, { 'Content-Type': 'text/plain' }), expect: refusal(400) },
      { send: { path: '/api/shortlinks', method: 'POST' }, expect: refusal(400) },
      { send: post({ url, filler: 'x'.repeat(600_000) }), expect: refusal(413) },
    ],
  },
]
