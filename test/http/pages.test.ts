import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { createRespond, type OutcomeName, outcomes } from '../../src/redirect/outcomes'
import { concrete, routesOf } from '../every-route'
import { createMaker, type Maker, typePassword } from '../redirect/made'

/** What the headers of a page must say. */
type Guard = { kept: 'no-cache' | 'no-store'; indexed: boolean; referrer: string; leadsTo: string }

const own: Guard = { kept: 'no-cache', indexed: true, referrer: 'no-referrer', leadsTo: "'self'" }
const app: Guard = { ...own, indexed: false }
const ofLink: Guard = { ...own, kept: 'no-store', indexed: false }
/** its form posts to itself, and its answer redirects anywhere */
const asking: Guard = { ...ofLink, referrer: 'same-origin', leadsTo: "'self' http: https:" }

/** Every page of the program outside of short links, by its route. */
const pages: Record<string, Guard> = {
  '/': own,
  '/docs': own,
  '/admin': app,
  '/admin/*': app,
  '/auth': app,
  '/auth/*': app,
  '/setup': app,
  '/r': app,
  '/:code': ofLink,
  '/*': ofLink,
}

/** Routes below which nothing is a page. */
const files = [
  '/health',
  '/robots.txt',
  '/favicon.ico',
  '/metrics',
  '/openapi.json',
  '/admin/assets/:name',
  '/docs/:file',
]

let maker: Maker
beforeAll(async () => {
  maker = await createMaker({ SNUG_METRICS_TOKEN: 'token', SNUG_RATE_LIMITS: 'off' })
})
afterAll(() => maker.close())

const expectGuarded = ({ headers }: Response, guard: Guard, name: string) => {
  const policy = Object.fromEntries(
    (headers.get('content-security-policy') ?? '').split('; ').map((one) => {
      const [directive = '', ...sources] = one.split(' ')
      return [directive, sources.join(' ')]
    }),
  )
  expect({
    name,
    kept: headers.get('cache-control'),
    indexed: headers.get('x-robots-tag') !== 'noindex',
    referrer: headers.get('referrer-policy'),
    leadsTo: policy['form-action'],
    sniffed: headers.get('x-content-type-options') !== 'nosniff',
    framed: policy['frame-ancestors'],
    others: policy['default-src'],
  }).toEqual({ name, ...guard, sniffed: false, framed: "'none'", others: "'none'" })
  expect(["'none'", "'self'"]).toContain(policy['base-uri'] ?? '')
  expect(policy['script-src'] ?? '').not.toMatch(/unsafe|https?:|\*/)
  expect(policy['connect-src'] ?? "'self'").toBe("'self'")
}

const isPage = ({ headers }: Response) => headers.get('content-type')?.startsWith('text/html')

test('every route outside of the APIs is a page with all of its guards, or no page', async () => {
  const routes = new Set(
    routesOf(maker).flatMap(({ path }) => (path.startsWith('/api/') ? [] : [path])),
  )
  expect([...routes].toSorted()).toEqual([...Object.keys(pages), ...files].toSorted())
  for (const route of routes)
    for (const headers of [{}, { 'If-None-Match': '*', Cookie: 'session=x' }]) {
      const answer = await maker.send({ path: concrete(route, 'nothing'), headers })
      const guard = pages[route]
      if (guard !== undefined) expectGuarded(answer, guard, route)
      else {
        expect({ route, page: isPage(answer) ?? false }).toEqual({ route, page: false })
        expect({ route, sniffed: answer.headers.get('x-content-type-options') }).toEqual({
          route,
          sniffed: 'nosniff',
        })
      }
    }
})

test('a page that was kept is told anew with all of its guards', async () => {
  const first = await maker.send({ path: '/docs' })
  const again = await maker.send({
    path: '/docs',
    headers: { 'If-None-Match': first.headers.get('etag') ?? '' },
  })
  expect(again.status).toBe(304)
  expectGuarded(again, own, '/docs again')
})

describe('a link that is not followed', () => {
  const names = Object.keys(outcomes) as OutcomeName[]
  const told = Object.fromEntries(names.map((name) => [name, 0])) as Record<OutcomeName, number>

  test.each(names)('%s: its page has all of its guards', (name) => {
    const answer = createRespond(told)(new Request('http://localhost/x'), name, 3)
    const asks = 'asks' in outcomes[name]
    expect(isPage(answer)).toBe(true)
    expectGuarded(answer, asks ? asking : ofLink, name)
  })

  test('and the pages beside it', async () => {
    const open = await maker.make()
    const limited = await maker.make({ maxClicks: 1 })
    const locked = await maker.make({ password: 'open sesame' })
    const bot = { 'User-Agent': 'Twitterbot/1.0' }
    for (const path of [`/${open.code}+`, `/${locked.code}+`])
      expectGuarded(await maker.send({ path }), ofLink, path)
    for (const { code } of [limited, locked])
      expectGuarded(await maker.send({ path: `/${code}`, headers: bot }), ofLink, 'neutral')
    expectGuarded(await maker.send({ path: `/${locked.code}` }), asking, 'locked')
    expectGuarded(await typePassword(maker, locked.code, 'wrong'), asking, 'wrong')
    const posted = await maker.send({ path: '/nothing', body: {} })
    expectGuarded(posted, ofLink, 'posted')
  })
})

test('a closed landing page has the guards of an open one', async () => {
  const closed = await createMaker({ SNUG_PUBLIC: 'off' })
  expectGuarded(await closed.send({ path: '/' }), own, '/')
  await closed.close()
})
