import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import AxeBuilder from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { canBrowse, listenHere, startBrowser } from './app'

let browser: Browser
let here: Awaited<ReturnType<typeof listenHere>>
let origin = ''

describe.skipIf(!canBrowse)('the API reference', () => {
  beforeAll(async () => {
    here = await listenHere()
    origin = `http://127.0.0.1:${here.port}`
    browser = await startBrowser()
  }, 30_000)
  afterAll(async () => {
    await browser.close()
    await here.stop()
  })

  test('the reference shows every API, offline and within its policy', async () => {
    const page = await (await browser.newContext()).newPage()
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(origin))
        complaints.push(`loads ${request.url()}`)
    })
    await page.goto(`${origin}/docs`)
    await page.getByText('/api/snug/v1/links/bulk/delete', { exact: true }).waitFor()
    await page.getByLabel('API', { exact: true }).selectOption('shorten')
    await page.getByText('/api/bind', { exact: true }).waitFor()
    await page.goto(`${origin}/docs?api=everything`)
    await page.getByText('/api/bind', { exact: true }).waitFor()
    await page.getByText('/api/snug/v1/links/bulk/delete', { exact: true }).waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  }, 60_000)

  test('an API can be tried from the page, under the address the reader came by', async () => {
    const page = await (await browser.newContext()).newPage()
    await page.goto(`${origin}/docs`)
    const operation = page.locator('.opblock').filter({ hasText: '/api/snug/v1/session' })
    await operation.locator('.opblock-summary-control').click()
    const tryIt = operation.getByRole('button', { name: 'Try it out' })
    if (await tryIt.isVisible()) await tryIt.click()
    await operation.getByRole('button', { name: 'Execute' }).click()
    await operation.getByText(`${origin}/api/snug/v1/session`).first().waitFor()
    await operation.locator('.live-responses-table').getByText('200').first().waitFor()
    await page.context().close()
  }, 60_000)

  for (const colorScheme of ['light', 'dark'] as const)
    test(`its page is fit for everybody, ${colorScheme}`, async () => {
      const context = await browser.newContext({
        colorScheme,
        viewport: { width: 360, height: 800 },
      })
      const page = await context.newPage()
      await page.goto(`${origin}/docs`)
      await page.locator('.opblock').first().waitFor()
      const { violations } = await new AxeBuilder({ page })
        .disableRules(['nested-interactive']) // the viewer's own rows hold a button to copy the path
        .analyze()
      const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      expect(grave.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
      const scrollWidth = await page.evaluate('document.documentElement.scrollWidth')
      expect(scrollWidth).toBeLessThanOrEqual(360)
      await context.close()
    }, 60_000)
})
