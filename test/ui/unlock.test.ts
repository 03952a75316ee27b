import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import AxeBuilder from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { createMaker, type Maker } from '../redirect/made'
import { canBrowse, startBrowser } from './app'

let browser: Browser
let maker: Maker
let origin = ''
/** Where links lead: another origin, which notes who is said to have sent the visit. */
const referrers: (string | null)[] = []
const elsewhere = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  fetch: ({ url, headers }) => {
    if (url.endsWith('/there')) referrers.push(headers.get('referer'))
    return new Response('You are there', { headers: { 'Content-Type': 'text/html' } })
  },
})

describe.skipIf(!canBrowse)('links that are not simply followed', () => {
  beforeAll(async () => {
    maker = await createMaker()
    maker.app.server.listen({ port: 0, hostname: '127.0.0.1' })
    origin = `http://127.0.0.1:${maker.app.server.server?.port}`
    browser = await startBrowser()
  }, 30_000)
  afterAll(async () => {
    await browser.close()
    await elsewhere.stop(true)
    await maker.app.server.stop(true)
    await maker.close()
  })

  for (const javaScriptEnabled of [true, false])
    test(`a password typed ${javaScriptEnabled ? 'with' : 'without'} JavaScript leads to another origin`, async () => {
      const { code } = await maker.make({
        destination: `http://127.0.0.1:${elsewhere.port}/there`,
        password: 'open sesame',
      })
      const context = await browser.newContext({ javaScriptEnabled })
      const page = await context.newPage()
      await page.goto(`${origin}/${code}`)
      await page.getByLabel('Password').fill('wrong')
      await page.getByRole('button', { name: 'Continue' }).click()
      await page.getByText('That password is not right').waitFor()
      await page.getByLabel('Password').fill('open sesame')
      await page.getByRole('button', { name: 'Continue' }).click()
      await page.getByText('You are there').waitFor()
      expect(page.url()).toBe(`http://127.0.0.1:${elsewhere.port}/there`)
      expect(referrers.at(-1)).toBeNull()
      await context.close()
    }, 30_000)

  test('the form, the preview and the closed pages are fit for everybody', async () => {
    const locked = await maker.make({ password: 'open sesame' })
    const open = await maker.make()
    const context = await browser.newContext()
    const page = await context.newPage()
    for (const path of [locked.code, `${open.code}+`, 'nothing']) {
      await page.goto(`${origin}/${path}`)
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect({ path, violations: violations.map(({ id }) => id) }).toEqual({ path, violations: [] })
    }
    await context.close()
  }, 30_000)
})
