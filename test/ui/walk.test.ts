import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { Browser, Page } from 'playwright-core'
import { admin, canBrowse, openTab, seriousFlaws, startBrowser, startServer } from './app'

/** How long a browser takes to count to fifty million, in ms: a third of a second on a small machine at rest. */
const timeOfCounting = () => {
  const begin = performance.now()
  let sum = 0
  for (let count = 0; count < 5e7; count++) sum = (sum * 31 + count) | 0
  return performance.now() - begin + (sum === 1 ? 1 : 0)
}

/** A new administrator's first visit, in order: each step begins where the one before ended. */
describe.skipIf(!canBrowse)('a new administrator', () => {
  let server: Awaited<ReturnType<typeof startServer>>
  let browser: Browser
  let page: Page
  let problems: string[]
  let shortUrl = ''

  beforeAll(async () => {
    server = await startServer({}, /setup\?token=\S+\n/)
    browser = await startBrowser()
    ;({ page, problems } = await openTab(browser, server.origin))
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await server.stop()
  })

  const follow = async (code: string, headers: Record<string, string> = {}) => {
    const browserName = 'Mozilla/5.0 (X11; Linux x64; rv:140.0) Gecko/20100101 Firefox/140.0'
    return fetch(`${server.origin}/${code}`, {
      redirect: 'manual',
      headers: { 'User-Agent': browserName, 'Accept-Language': 'de', ...headers },
    })
  }

  test('meets a first screen that is ready within a second, with nothing kept from before', async () => {
    const times: number[] = []
    const paces: number[] = []
    for (let visit = 0; visit < 5; visit++) {
      const { context, page } = await openTab(browser, server.origin)
      const begin = performance.now()
      await page.goto('/auth', { waitUntil: 'commit' })
      await page.getByLabel('E-mail').waitFor()
      times.push(performance.now() - begin)
      paces.push(await page.evaluate(timeOfCounting))
      await context.close()
    }
    // a busy or slow machine counts slowly, too
    expect(Math.min(...times)).toBeLessThan(Math.max(1000, 3 * Math.min(...paces)))
  }, 30_000)

  test('opens the printed link and becomes it', async () => {
    const path = /\/setup\?token=\S+/.exec(server.said)?.[0] ?? ''
    await page.goto(path)
    expect(await seriousFlaws(page)).toEqual([])
    await page.getByLabel('E-mail').fill(admin.email)
    await page.getByLabel('Password').first().fill(admin.password)
    await page.getByRole('button', { name: 'Make the account' }).click()
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
    await page.getByText('A quiet beginning').waitFor()
    expect(await seriousFlaws(page)).toEqual([])
  }, 30_000)

  test('makes a link with the keyboard alone, which is copied', async () => {
    await page.getByText('A quiet beginning').waitFor()
    await page.keyboard.press('c')
    const destination = page.getByLabel('Destination')
    await destination.waitFor()
    await page.keyboard.type('https://example.com/welcome')
    await page.keyboard.press('Tab')
    await page.keyboard.type('hello')
    await page.getByLabel('This code is free').waitFor()
    expect(await seriousFlaws(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'hello', level: 1 }).waitFor()
    shortUrl = await page.evaluate(() => navigator.clipboard.readText())
    expect(shortUrl).toBe(`${server.origin}/hello`)
  }, 30_000)

  test('is told that a code is taken before sending anything', async () => {
    await page.getByRole('button', { name: 'New link' }).click()
    await page.getByLabel('Destination').fill('https://example.com/again')
    await page.getByLabel('Code', { exact: true }).fill('hello')
    await page.getByText('This code is taken.').waitFor()
    await page.getByRole('button', { name: 'Make and copy' }).click()
    await page.getByRole('dialog').getByRole('alert').waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
  }, 30_000)

  test('sees the link’s clicks as they come, and narrows them by a click on a bar', async () => {
    for (let clicks = 0; clicks < 3; clicks++) {
      const answer = await follow('hello', { Referer: 'https://news.example/page' })
      expect(answer.status).toBe(302)
    }
    await page.getByRole('button', { name: /Firefox/ }).waitFor()
    await page.getByRole('button', { name: /news\.example/ }).click()
    await page.waitForURL(/referrer=/)
    await page.getByRole('button', { name: /remove this filter/ }).click()
    await page.getByRole('table', { name: 'Click log' }).getByText('Firefox').first().waitFor()
    expect(await seriousFlaws(page)).toEqual([])
  }, 30_000)

  test('changes every kind of field, and finds them changed', async () => {
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByLabel('Title').fill('A warm welcome')
    await page.getByRole('combobox', { name: 'Tags' }).fill('print')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Campaign parameters' }).click()
    await page.getByLabel('Source').fill('newsletter')
    await page.getByRole('button', { name: 'When and for whom' }).click()
    await page.getByLabel('Expires').fill('2099-12-31T23:30')
    await page.getByLabel('Most clicks').fill('1000')
    await page.getByRole('button', { name: 'How it redirects' }).click()
    await page.getByRole('switch', { name: /Anybody may read/ }).check()
    expect(await seriousFlaws(page)).toEqual([])
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'A warm welcome' }).waitFor()
    const settings = page.getByRole('region', { name: 'Settings' })
    for (const text of ['31 Dec 2099, 23:30', '1,000', 'print', 'readable by anybody'])
      await settings.getByText(text).waitFor()
    const { headers } = await follow('hello')
    expect(headers.get('location')).toBe('https://example.com/welcome?utm_source=newsletter')
  }, 30_000)

  test('saves the QR code and the clicks in all formats', async () => {
    const save = async (act: () => Promise<void>) => {
      const [file] = await Promise.all([page.waitForEvent('download'), act()])
      if (await file.failure()) throw new Error(`${file.url()} ${await file.failure()}`)
      return { name: file.suggestedFilename(), text: await Bun.file(await file.path()).bytes() }
    }
    const panel = page.getByRole('region', { name: 'QR code' })
    const svg = await save(() => panel.getByRole('button', { name: 'SVG' }).click())
    expect([svg.name, Buffer.from(svg.text).toString().slice(0, 4)]).toEqual(['hello.svg', '<svg'])
    const png = await save(() => panel.getByRole('button', { name: 'PNG' }).click())
    expect([png.name, Buffer.from(png.text).toString('latin1', 1, 4)]).toEqual(['hello.png', 'PNG'])
    for (const [label, ending, begin] of [
      ['CSV', 'csv', 'linkId,at,country'],
      ['JSON', 'json', '['],
      ['XML', 'xml', '<?xml'],
      ['Excel', 'xlsx', 'PK'],
    ] as const) {
      const { name, text } = await save(() =>
        page.getByRole('link', { name: label, exact: true }).click(),
      )
      expect(name).toBe(`clicks-hello.${ending}`)
      expect(Buffer.from(text).toString('latin1')).toContain(begin)
    }
  }, 30_000)

  test('goes anywhere by the palette', async () => {
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('A screen, a code').fill('campai')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Campaigns', level: 1 }).waitFor()
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('A screen, a code').fill('welcome')
    await page.getByRole('button', { name: /hello/ }).waitFor()
    expect(await seriousFlaws(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'A warm welcome' }).waitFor()
  }, 30_000)

  test('imports a file, is told of every refused row, and of all that was made', async () => {
    await page.goto('/admin/import')
    const csv = [
      'Long URL;Slug;Tags',
      'https://example.com/1;first-row;print,blue',
      'javascript:alert(1);;',
      '"https://example.com/a;b";;',
      'https://example.com/2;hello;',
    ].join('\r\n')
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Choose a file' }).click(),
    ])
    await chooser.setFiles({ name: 'links.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
    await page.getByRole('table', { name: 'Preview' }).getByText('first-row').waitFor()
    expect(await seriousFlaws(page)).toEqual([])
    await page.getByRole('button', { name: 'Import 4 rows' }).click()
    await page.getByText('2 links were made, 2 rows were refused:').waitFor()
    const refused = page.getByRole('table', { name: 'Refused rows' })
    await refused.getByRole('row', { name: /^3 javascript:alert/ }).waitFor()
    await refused.getByRole('row', { name: /^5 https:\/\/example.com\/2/ }).waitFor()
  }, 30_000)

  test('finds, tags, switches off and deletes links together', async () => {
    await page.goto('/admin/links')
    await page.getByLabel('Search links').fill('first-row')
    await page.getByText('1 found').waitFor()
    await page.getByLabel('Search links').fill('')
    await page.getByText('3 found').waitFor()
    await page.getByLabel('Choose all on this page').check()
    await page.getByLabel('Choose hello').uncheck()
    await page.getByRole('button', { name: 'Tag', exact: true }).click()
    await page.getByRole('combobox', { name: 'Add' }).fill('imported')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Apply' }).click()
    await page.getByText('2 links tagged.').waitFor()
    await page.getByLabel('Tag', { exact: true }).fill('imported')
    await page.getByText('2 found').waitFor()
    await page.getByLabel('Choose all on this page').check()
    await page.getByRole('button', { name: 'Switch off' }).click()
    await page.getByText('2 links switched off.').waitFor()
    expect((await follow('first-row')).status).toBe(410)
    await page.getByLabel('Choose all on this page').check()
    await page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByText('can’t be undone').waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    expect(await page.getByText('2 links chosen').count()).toBe(1)
    await page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete 2 links' }).click()
    await page.getByText('No link matches.').waitFor()
  }, 30_000)

  test('deletes the link, whose address then says that it is gone', async () => {
    await page.goto('/admin/links')
    await page.getByRole('link', { name: /hello/ }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('dialog').getByText('answers “gone”').waitFor()
    expect(await seriousFlaws(page)).toEqual([])
    await page.getByRole('button', { name: 'Delete the link' }).click()
    await page.getByText('No links yet.').waitFor()
    expect((await follow('hello')).status).toBe(410)
  }, 30_000)

  test('meets no error on the way', () => {
    expect(problems).toEqual([])
  })
})
