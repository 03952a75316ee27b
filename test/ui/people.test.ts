import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { admin, canBrowse, openTab, seriousFlaws, signIn, startBrowser, startServer } from './app'
import { totp } from './totp'

describe.skipIf(!canBrowse)('an administrator', () => {
  let server: Awaited<ReturnType<typeof startServer>>
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let problems: string[]

  beforeAll(async () => {
    server = await startServer(
      { SNUG_ADMIN_EMAIL: admin.email, SNUG_ADMIN_PASSWORD: admin.password },
      /listening at \S+\n/,
    )
    browser = await startBrowser()
    ;({ context, page, problems } = await openTab(browser, server.origin))
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await server.stop()
  })

  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()

  test('is asked to sign in, told when that fails, and brought to the screen they wanted', async () => {
    await page.goto('/admin/keys')
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    expect(await seriousFlaws(page)).toEqual([])
    await page.getByLabel('E-mail').fill(admin.email)
    await page.getByLabel('Password').first().fill('not this')
    await press('Sign in')
    await page.getByRole('alert').waitFor()
    await page.getByLabel('Password').first().fill(admin.password)
    await press('Sign in')
    await page.getByRole('heading', { name: 'API keys' }).waitFor()
  }, 30_000)

  test('makes a key that is shown once, works, is switched off, and is revoked', async () => {
    await press('New key')
    await page.getByLabel('Name').fill('A program')
    expect(await seriousFlaws(page)).toEqual([])
    await press('Make the key')
    const key = (await page.getByTestId('secret').textContent()) ?? ''
    expect(key).toMatch(/^sk_[0-9a-f]{64}$/)
    const use = async () =>
      (await fetch(`${server.origin}/api/snug/v1/links`, { headers: { 'X-API-Key': key } })).status
    expect(await use()).toBe(200)
    await press('I have it')
    await page.getByTestId('secret').waitFor({ state: 'detached' })
    expect(await page.content()).not.toContain(key)
    await press('Actions for A program')
    await page.getByRole('menuitem', { name: 'Switch off' }).click()
    await page.getByText('off', { exact: true }).waitFor()
    expect(await use()).toBe(401)
    await press('Actions for A program')
    await page.getByRole('menuitem', { name: 'Revoke' }).click()
    await press('Revoke the key')
    await page.getByText('No keys yet.').waitFor()
  }, 30_000)

  test('has a key of their own at /r, and rotates it', async () => {
    await page.goto('/r')
    await press('Make my key')
    const shown = page.getByTestId('personal-key')
    const first = (await shown.textContent()) ?? ''
    expect(first).toMatch(/^sk_[0-9a-f]{64}$/)
    await press('Copy the key')
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(first)
    await press('Rotate')
    await page.getByRole('dialog').getByText('stops working at once').waitFor()
    await press('Rotate the key')
    await page.getByText('Your new key is in force.').waitFor()
    await page.waitForFunction(
      (old) => document.querySelector('[data-testid=personal-key]')?.textContent !== old,
      first,
    )
    const { status } = await fetch(`${server.origin}/api/snug/v1/links`, {
      headers: { 'X-API-Key': first },
    })
    expect(status).toBe(401)
  }, 30_000)

  test('makes a campaign and trusts a domain', async () => {
    await page.goto('/admin/campaigns')
    await press('New campaign')
    await page.getByLabel('Name').fill('Spring')
    await press('Make the campaign')
    await page.getByRole('link', { name: 'Spring' }).waitFor()
    await page.goto('/admin/domains')
    await press('Add a domain')
    await page.getByLabel('Host').fill('go.example.com')
    await press('Add')
    await page.getByText('_snug.go.example.com').waitFor()
    await press('Actions for go.example.com')
    await page.getByRole('menuitem', { name: 'Trust without a record' }).click()
    await page.getByText('Verified', { exact: true }).waitFor()
  }, 30_000)

  test('makes an account, which can sign in until it is suspended', async () => {
    await page.goto('/admin/accounts')
    await press('New account')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('E-mail').fill('guest@example.com')
    await dialog.getByLabel('Password').first().fill('another paper lantern')
    expect(await seriousFlaws(page)).toEqual([])
    await press('Make the account')
    const row = page.getByRole('row', { name: /guest@example\.com/ })
    await row.waitFor()
    const member = { email: 'guest@example.com', password: 'another paper lantern' }
    const other = await openTab(browser, server.origin)
    await signIn(other.context, member)
    await other.page.goto('/admin/accounts')
    await other.page.getByRole('heading', { name: 'Overview' }).waitFor()
    expect(await other.page.getByRole('link', { name: 'Limits' }).count()).toBe(0)
    await press('Actions for guest@example.com')
    await page.getByRole('menuitem', { name: 'Suspend' }).click()
    await row.getByText('suspended').waitFor()
    await press('Actions for guest@example.com')
    await page.getByRole('menuitem', { name: 'Edit' }).click()
    await dialog.getByLabel('Its links stay open').check()
    expect(await seriousFlaws(page)).toEqual([])
    await press('Save')
    await row.getByText('suspended, links open').waitFor()
    await other.page.reload()
    await other.page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await other.context.close()
  }, 30_000)

  test('changes plans, limits, the blocklist and settings', async () => {
    await page.goto('/admin/plans')
    await page.getByLabel('Requests an hour on free').fill('77')
    await press('Save the plans')
    await page.getByText('The plans are saved.').waitFor()
    await page.goto('/admin/limits')
    await page.getByLabel('Requests for shorten.shorten.minute').fill('5')
    await press('Save the limits')
    await page
      .getByRole('row', { name: /shorten\.shorten\.minute/ })
      .getByText('changed')
      .waitFor()
    await page.goto('/admin/blocklist')
    await page.getByLabel('Blocked hosts and addresses').fill('evil.example')
    await press('Save the blocklist')
    await page.getByText('The blocklist is in force.').waitFor()
    await page.goto('/admin/settings')
    await page.getByRole('switch', { name: /Strangers may make links/ }).uncheck()
    await press('Save the settings')
    await page.getByText('Decided here: public').waitFor()
    const { status } = await fetch(`${server.origin}/api/shorten`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ url: 'https://example.com/' }),
    })
    expect(status).toBe(401)
  }, 30_000)

  test('reads how the system is doing, and saves a backup', async () => {
    await page.goto('/admin/system')
    await page.getByText('well', { exact: true }).waitFor()
    const password = page.getByLabel('Your password').first()
    await password.fill('not this')
    await press('Download a backup')
    await page.getByText('That is not your password').waitFor()
    await password.fill(admin.password)
    const [file] = await Promise.all([page.waitForEvent('download'), press('Download a backup')])
    const bytes = await Bun.file(await file.path()).bytes()
    expect(Buffer.from(bytes).toString('latin1', 0, 15)).toBe('SQLite format 3')
  }, 30_000)

  test('adds a passkey and signs in with it', async () => {
    const devtools = await context.newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
      },
    })
    await page.goto('/admin/account')
    await page.getByLabel('Name of the new passkey').fill('My phone')
    await press('Add a passkey')
    await page.getByText(/My phone, since/).waitFor()
    await press('Account and appearance')
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await press('Sign in with a passkey')
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
  }, 30_000)

  test('sets up a second step, and signs in with it', async () => {
    await page.goto('/admin/account')
    await press('Set up')
    await page.getByRole('dialog').getByLabel('Password').first().fill(admin.password)
    await press('Continue')
    const secret = (await page.getByTestId('totp-secret').textContent()) ?? ''
    expect(await seriousFlaws(page)).toEqual([])
    await page.getByLabel('Six digits from the app').fill(totp(secret, Date.now()))
    await press('Switch on')
    await page.getByText('Signing in also asks for').waitFor()
    await press('Account and appearance')
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByLabel('E-mail').fill(admin.email)
    await page.getByLabel('Password').first().fill(admin.password)
    await press('Sign in')
    await page.getByLabel('Six digits').fill(totp(secret, Date.now() + 30_000)) // each counts once
    await page.getByLabel('Do not ask on this device').check()
    await press('Continue')
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
  }, 30_000)

  test('shows the devices that are trusted, and forgets one', async () => {
    await page.goto('/admin/account')
    const device = page.getByRole('listitem').filter({ hasText: 'trusted until' })
    await device.getByText(/Chrom.* on Linux, signed in/).waitFor()
    expect(await device.getByText('this one').count()).toBe(1)
    expect(await seriousFlaws(page)).toEqual([])
    await device.getByRole('button', { name: 'Forget' }).click()
    await page.getByText('the second step is asked for everywhere').waitFor()
    expect(await device.count()).toBe(0)
  }, 30_000)

  test('changes the password, which ends the other sessions', async () => {
    const password = 'a louder paper lantern'
    await page.goto('/admin/account')
    await page.getByLabel('Current password').first().fill(admin.password)
    await page.getByLabel('New password').first().fill(password)
    await press('Change the password')
    await page.getByText('Your password is changed').waitFor()
    expect(await page.getByText('this one').count()).toBe(1)
    expect(await page.getByRole('button', { name: 'End', exact: true }).count()).toBe(0)
  }, 30_000)

  test('meets no error on the way', () => {
    expect(problems).toEqual([])
  })
})
