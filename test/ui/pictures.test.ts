import { describe, expect, test } from 'bun:test'
import { mkdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { APIRequestContext } from 'playwright-core'
import { admin, canBrowse, openTab, signIn, startBrowser, startServer } from './app'

/** Where the README's pictures go; `SNUG_README_PICTURES=test/ui/pictures` renews them. */
const folder = process.env.SNUG_README_PICTURES ?? join(tmpdir(), 'snug-readme-pictures')

const links = [
  ['handbook', 'https://wiki.example.com/handbook/welcome', 'Team handbook', ['docs']],
  ['wifi', 'https://wiki.example.com/guests/wifi', 'Wi-Fi for guests', ['home', 'print']],
  ['photos', 'https://photos.example.com/share/summer-2026', 'Summer pictures', ['family']],
  ['talk', 'https://slides.example.com/meetup/self-hosting', 'Slides of the talk', ['print']],
  ['menu', 'https://cook.example.com/plans/this-week', 'What we eat this week', ['home']],
] as const

const agents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
]
const places = ['81.169.145.1', '8.8.8.8', '193.0.6.139', '133.11.93.0', '200.147.3.157']

const furnish = async (request: APIRequestContext, origin: string) => {
  for (const [index, [code, destination, title, tags]] of links.entries()) {
    const made = await request.post('/api/snug/v1/links', {
      data: { code, destination, title, tags: [...tags] },
      headers: { 'Sec-Fetch-Site': 'same-origin' },
    })
    expect(made.status()).toBe(201)
    for (let click = 0; click < 90 / (index + 1); click++)
      await fetch(`${origin}/${code}`, {
        redirect: 'manual',
        headers: {
          'User-Agent': agents[click % agents.length] ?? '',
          'X-Forwarded-For': places[(click * click) % places.length] ?? '',
          'Accept-Language': click % 3 ? 'de' : 'en',
          ...(click % 2 ? { Referer: 'https://news.example/' } : {}),
        },
      })
  }
}

/** Waits until every click is stored. */
const counted = async (request: APIRequestContext) => {
  for (let clicks = 0; clicks < 90; await Bun.sleep(50)) {
    const answer = await request.get('/api/snug/v1/links/1')
    clicks = ((await answer.json()) as { clicks: number }).clicks
  }
}

describe.skipIf(!canBrowse)('the README', () => {
  test('has pictures of the app as it is', async () => {
    mkdirSync(folder, { recursive: true })
    const server = await startServer(
      {
        SNUG_ADMIN_EMAIL: admin.email,
        SNUG_ADMIN_PASSWORD: admin.password,
        SNUG_TRUSTED_PROXIES: 'loopback',
      },
      /listening at \S+\n/,
    )
    const browser = await startBrowser()
    const viewport = { width: 1280, height: 960 }
    const { context, page, problems } = await openTab(browser, server.origin, { viewport })
    await signIn(context)
    await furnish(context.request, server.origin)
    await counted(context.request)
    for (const [path, name] of [
      ['/admin/links', 'links.png'],
      ['/admin/links/1', 'link.png'],
    ] as const) {
      await page.goto(path)
      await page.locator('h1').first().waitFor()
      await page.waitForFunction(
        () => document.querySelector('[aria-label=Loading], .mantine-Skeleton-root') === null,
      )
      await page.screenshot({ path: join(folder, name) })
      expect(statSync(join(folder, name)).size).toBeGreaterThan(10_000)
    }
    expect(problems).toEqual([])
    await browser.close()
    await server.stop()
  }, 60_000)
})
