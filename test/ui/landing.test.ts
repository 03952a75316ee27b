import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { Browser } from 'playwright-core'
import { canBrowse, listenHere, openTab, overflow, seriousFlaws, startBrowser } from './app'

let browser: Browser
let here: Awaited<ReturnType<typeof listenHere>>
let origin = ''

describe.skipIf(!canBrowse)('the landing page', () => {
  beforeAll(async () => {
    here = await listenHere()
    origin = `http://localhost:${here.port}`
    browser = await startBrowser()
  }, 30_000)
  afterAll(async () => {
    await browser.close()
    await here.stop()
  })

  test('shortens an address with the keyboard alone, and copies the short one', async () => {
    const { context, page, problems } = await openTab(browser, origin)
    await page.goto('/')
    await page.keyboard.type('https://example.com/a/long/address')
    await page.keyboard.press('Enter')
    const short = page.locator('#short')
    await short.waitFor()
    const made = await short.textContent()
    expect(made).toMatch(new RegExp(`^${origin}/[A-Za-z0-9]{6}$`))
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(made ?? '')
    const followed = await fetch(made ?? '', { redirect: 'manual' })
    expect(followed.headers.get('location')).toBe('https://example.com/a/long/address')
    expect(await page.locator('#key').textContent()).toMatch(/^a7k_[A-Za-z0-9]{16}$/)
    expect(await seriousFlaws(page)).toEqual([])
    expect(problems).toEqual([])
    await context.close()
  }, 30_000)

  test('says what is wrong with an address, and makes nothing', async () => {
    const { context, page } = await openTab(browser, origin)
    await page.goto('/')
    await page.getByLabel('Address to shorten').fill('javascript:alert(1)')
    await page.getByRole('button', { name: 'Shorten' }).click()
    await page.getByText('url must be a valid http/https URL').waitFor()
    expect(await page.locator('#result').isVisible()).toBe(false)
    await context.close()
  }, 30_000)

  test('fits a narrow window, light and dark, and has no form where strangers may make nothing', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const size = { viewport: { width: 360, height: 740 }, colorScheme }
      const { context, page } = await openTab(browser, origin, size)
      await page.goto('/')
      expect(await overflow(page)).toBeLessThanOrEqual(0)
      expect(await seriousFlaws(page)).toEqual([])
      await context.close()
    }
    await here.world.app.core.settings.change({ public: false })
    const answer = await fetch(origin)
    expect(await answer.text()).not.toContain('<form')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    await here.world.app.core.settings.change({ public: true })
  }, 30_000)
})
