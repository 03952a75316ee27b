import { expect } from 'bun:test'
import type { Scenario } from '../scenario'
import { as, problem, refusedAlike, root } from './snug-words'

const people = { root: { role: 'admin' }, bob: {} } as const

const put = (entries: unknown) =>
  as('root', { method: 'PUT', path: '/blocklist', body: { entries } })

const shorten = (url: string, status: number) => ({
  send: { path: '/api/shorten', body: { url } },
  expect: {
    status,
    ...(status === 200 ? {} : { json: expect.objectContaining({ message: unsafe }) }),
  },
})

const unsafe = 'This URL was flagged as unsafe'

export const snugBlocklistScenarios: Scenario[] = [
  {
    says: 'Nobody may link to what administrators list, from the next request on',
    people,
    steps: [
      shorten('https://evil.example/', 200),
      {
        send: put([' evil.example ', 'https://fine.example/bad', 'evil.example']),
        expect: {
          status: 200,
          json: { entries: ['evil.example', 'https://fine.example/bad'], sources: [] },
        },
      },
      ...[
        'https://evil.example/',
        'HTTP://EVIL.EXAMPLE.:8080/any?thing',
        'http://sub.evil.example',
        'http://fine.example/bad#part',
      ].map((url) => shorten(url, 400)),
      ...['https://evil.example.org/', 'https://fine.example/', 'https://notevil.example'].map(
        (url) => shorten(url, 200),
      ),
      { send: put([]), expect: { status: 200, json: { entries: [], sources: [] } } },
      shorten('https://evil.example/', 200),
    ],
  },
  {
    says: 'Whole endings of hosts can be listed, and a listed page is not left by writing it otherwise',
    people,
    steps: [
      { send: put(['zip', '*.top', 'co.uk', 'https://fine.example/bad']), expect: { status: 200 } },
      ...[
        'https://phish.zip/',
        'https://a.b.top',
        'http://evil.co.uk/x',
        ...['?y', '/', '#z'].map((more) => `https://fine.example/bad${more}`),
        'https://fine.example/b%61d',
        'http://FINE.example.:80/bad',
      ].map((url) => shorten(url, 400)),
      ...['https://zip.example/', 'https://fine.example/', 'https://fine.example/bad2'].map((url) =>
        shorten(url, 200),
      ),
    ],
  },
  {
    says: 'An entry that could never match is refused with the reason',
    people,
    steps: [
      ['ev*l.example', 'has a * that is not in front of a whole domain'],
      ['a..b', 'names a host that cannot be'],
      ['ftp://evil.example/', 'is no http or https address'],
    ].map(([entry, reason]) => ({
      send: put(['evil.example', entry]),
      expect: {
        status: 400,
        json: expect.objectContaining({
          errors: [{ field: 'entries', reason: `${JSON.stringify(entry)} ${reason}` }],
        }),
      },
    })),
  },
  {
    says: 'What can’t be listed is refused, and the list stays as it was',
    people,
    steps: [
      { send: put(['evil.example']), expect: { status: 200 } },
      ...[
        ['fine.example', 'not a host'],
        [''],
        ['user@evil.example'],
        ['javascript:alert(1)'],
        ['http://'],
        [7],
        'evil.example',
        null,
        ['x'.repeat(5000)],
      ].map((entries) => ({
        send: put(entries),
        expect: problem(400, 'input_invalid'),
      })),
      {
        send: as('root', { path: '/blocklist' }),
        expect: { status: 200, json: { entries: ['evil.example'], sources: [] } },
      },
    ],
  },
  {
    says: 'A link to what is listed later goes on, and is shown as unsafe; its destination can’t move there',
    people,
    steps: [
      {
        send: as('bob', { path: '/links', body: { destination: 'https://evil.example/' } }),
        expect: { status: 201, json: expect.objectContaining({ unsafe: false }) },
        save: ({ json }) => ({ id: `${json.id}`, code: json.code }),
      },
      { send: put(['evil.example']), expect: { status: 200 } },
      {
        send: as('bob', ({ id }) => ({ path: `/links/${id}` })),
        expect: { status: 200, json: expect.objectContaining({ unsafe: true, state: 'open' }) },
      },
      { send: ({ code }) => ({ path: `/${code}` }), expect: { status: 302 } },
      ...['https://evil.example/', 'https://www.evil.example/other'].map((destination) => ({
        send: as('bob', ({ id }) => ({
          method: 'PATCH',
          path: `/links/${id}`,
          body: { destination },
        })),
        expect: problem(400, 'url_unsafe'),
      })),
      {
        send: as('bob', ({ id }) => ({
          method: 'PATCH',
          path: `/links/${id}`,
          body: { destination: 'https://fine.example/' },
        })),
        expect: { status: 200, json: expect.objectContaining({ unsafe: false }) },
      },
      {
        send: as('bob', {
          path: '/links/bulk',
          body: {
            links: [
              { destination: 'https://evil.example/' },
              { destination: 'https://fine.example/' },
            ],
          },
        }),
        expect: {
          status: 201,
          json: expect.objectContaining({
            errors: [expect.objectContaining({ index: 0, fault: 'url_unsafe' })],
          }),
        },
      },
    ],
  },
  {
    says: 'The blocklist is for administrators only',
    people,
    steps: [
      ...refusedAlike(
        [
          as('bob', { path: '/blocklist' }),
          as('bob', { method: 'PUT', path: '/blocklist', body: { entries: [] } }),
        ],
        problem(403, 'admin_required'),
      ),
      { send: { path: `${root}/blocklist` }, expect: problem(401, 'key_missing') },
    ],
  },
]
