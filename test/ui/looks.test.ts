import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { APIRequestContext, Browser, BrowserContext, Page } from 'playwright-core'
import {
  admin,
  canBrowse,
  openTab,
  overflow,
  seriousFlaws,
  signIn,
  startBrowser,
  startServer,
} from './app'

/** Where the pictures go, to be looked at. */
const pictures = process.env.SNUG_PICTURES ?? join(tmpdir(), 'snug-pictures')

const hostile = '<img src=x onerror="window.hacked=1">"\'`{{1}}</script>\u202Eevil'

const screens = [
  '/admin',
  '/admin/links',
  '/admin/links/1',
  '/admin/links/2',
  '/admin/import',
  '/admin/campaigns',
  '/admin/domains',
  '/admin/keys',
  '/r',
  '/admin/tools',
  '/admin/account',
  '/admin/webhooks',
  '/admin/accounts',
  '/admin/plans',
  '/admin/limits',
  '/admin/blocklist',
  '/admin/settings',
  '/admin/system',
]

/** The tables change their form at a width between the two. */
const tables = ['/admin/links', '/admin/plans', '/admin/limits', '/admin/accounts']

/** axe takes its time and looks at each screen twice, once in each theme and width. */
const looks = [
  { width: 1600, colorScheme: 'light', axe: true, paths: screens },
  { width: 1600, colorScheme: 'dark', axe: false, paths: screens },
  { width: 780, colorScheme: 'light', axe: false, paths: tables },
  { width: 360, colorScheme: 'light', axe: false, paths: screens },
  { width: 360, colorScheme: 'dark', axe: true, paths: screens },
] as const

const agents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
]
const addresses = [
  '8.8.8.8',
  '81.169.145.1',
  '133.11.93.0',
  '200.147.3.157',
  '1.1.1.1',
  '193.0.6.139',
]

/** A server that has been used: links, clicks from everywhere, a campaign, a domain, a key. */
const furnish = async (request: APIRequestContext, origin: string) => {
  const post = async (path: string, data: unknown) => {
    const answer = await request.post(`/api/snug/v1${path}`, {
      data,
      headers: { 'Sec-Fetch-Site': 'same-origin' },
    })
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`)
    return (await answer.json()) as { id: string }
  }
  const { id: campaignId } = await post('/campaigns', { name: `Spring ${hostile}` })
  await post('/domains', { host: 'go.example.com' })
  await post('/keys', { name: hostile, allowedIps: ['192.168.0.0/16'] })
  await post('/webhooks', { url: 'https://example.com/hook', events: ['link.created'] })
  await post('/links', {
    destination:
      'https://example.com/a/rather/long/address/that/does/not/fit?with=parameters&and=more',
    code: 'welcome',
    title: hostile,
    notes: hostile,
    folder: hostile.slice(0, 50),
    tags: ['print', 'spring_2026'],
    campaignId,
  })
  await post('/links', {
    destination: `https://example.com/${'a'.repeat(2000)}`,
    code: 'x'.repeat(50),
    title: 'y'.repeat(200),
    notes: 'n'.repeat(500),
    folder: 'f'.repeat(50),
    tags: ['z'.repeat(50)],
  })
  await fetch(`${origin}/${'x'.repeat(50)}`, { redirect: 'manual' })
  for (let made = 0; made < 22; made++)
    await post('/links', {
      destination: `https://example.com/${made}`,
      tags: made % 3 ? [] : ['bulk'],
    })
  for (let click = 0; click < 60; click++)
    await fetch(`${origin}/welcome`, {
      redirect: 'manual',
      headers: {
        'User-Agent': agents[click % agents.length] ?? '',
        'X-Forwarded-For': addresses[click % addresses.length] ?? '',
        Referer:
          click % 2 ? 'https://news.example/x' : `https://evil.example/${encodeURI(hostile)}`,
        'Accept-Language': click % 2 ? 'de' : 'en',
      },
    })
}

describe.skipIf(!canBrowse)('every screen', () => {
  let server: Awaited<ReturnType<typeof startServer>>
  let browser: Browser

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true })
    server = await startServer(
      {
        SNUG_ADMIN_EMAIL: admin.email,
        SNUG_ADMIN_PASSWORD: admin.password,
        SNUG_TRUSTED_PROXIES: 'loopback',
      },
      /listening at \S+\n/,
    )
    browser = await startBrowser()
    const { context } = await openTab(browser, server.origin)
    await signIn(context)
    await furnish(context.request, server.origin)
    await context.close()
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await server.stop()
  })

  const settled = async (page: Page) => {
    await page.locator('h1').first().waitFor()
    await page.waitForFunction(() => document.querySelector('[aria-label=Loading]') === null)
  }

  for (const { width, colorScheme, axe, paths } of looks) {
    describe(`${width} pixels wide, ${colorScheme},`, () => {
      let context: BrowserContext
      let page: Page
      let problems: string[]
      beforeAll(async () => {
        const viewport = { width, height: width === 360 ? 740 : 1000 }
        ;({ context, page, problems } = await openTab(browser, server.origin, {
          viewport,
          colorScheme,
        }))
        await signIn(context)
      }, 30_000)
      afterAll(() => context.close())

      for (const path of paths)
        test(`${path} fits, can be read by all, and complains of nothing`, async () => {
          await page.goto(path)
          await settled(page)
          const name = `${path.slice(1).replaceAll('/', '-')}-${width}-${colorScheme}.png`
          await page.screenshot({ path: join(pictures, name), fullPage: true })
          expect(await overflow(page)).toBeLessThanOrEqual(0)
          if (axe) expect(await seriousFlaws(page)).toEqual([])
          expect(await page.locator('[role=alert]').count()).toBe(0)
          expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
          expect(problems.splice(0)).toEqual([])
        }, 30_000)
    })
  }
})
