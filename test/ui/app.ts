import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { temporaryFolder } from '../program'
import { createWorld } from '../world'

const executable = Bun.which('chromium')

/** Whether browser tests run here; where checks are the point, they always do and fail without one. */
export const canBrowse = executable !== null || Boolean(process.env.CI)

/** The first administrator of a test. */
export const admin = { email: 'admin@example.com', password: 'a quiet paper lantern' }

const main = join(import.meta.dir, '../../src/main.ts')

/** A server of its own process, from source; `said` is what it printed, up to what was waited for. */
export const startServer = async (
  env: Record<string, string> = {},
  until = /listening at (\S+)/,
) => {
  const folder = temporaryFolder()
  const command = process.env.SNUG_BINARY ? [process.env.SNUG_BINARY] : [process.execPath, main]
  const server = Bun.spawn(command, {
    cwd: folder.path,
    env: { PATH: Bun.env.PATH ?? '', SNUG_PORT: '0', SNUG_HOST: '127.0.0.1', ...env },
    stdout: 'pipe',
    stderr: 'inherit',
  })
  let said = ''
  const decoder = new TextDecoder()
  for await (const chunk of server.stdout) {
    said += decoder.decode(chunk, { stream: true })
    if (until.test(said)) break
  }
  // a name that counts as secure in browsers, so that passkeys and the clipboard can be tried
  const origin = (/listening at (\S+)/.exec(said)?.[1] ?? '').replace('127.0.0.1', 'localhost')
  return {
    origin,
    said,
    stop: async () => {
      server.kill()
      await server.exited
      folder[Symbol.dispose]()
    },
  }
}

/** A fresh program of this process that listens; `stop` ends it. */
export const listenHere = async () => {
  const world = await createWorld()
  world.app.server.listen({ port: 0, hostname: '127.0.0.1' })
  return {
    world,
    port: world.app.server.server?.port,
    stop: async () => {
      await world.app.server.stop(true)
      await world.close()
    },
  }
}

/** A browser, with what it complained about. */
export const startBrowser = async () => {
  const browser = await chromium.launch({
    ...(executable === null ? {} : { executablePath: executable }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-sync',
      '--disable-background-networking',
      '--disable-component-update',
    ],
  })
  return browser
}

/** A tab on the app that collects every error of the page. */
export const openTab = async (browser: Browser, origin: string, options = {}) => {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
    ...options,
  })
  context.setDefaultTimeout(8000)
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => {
    const answer = /the server responded with a status of (401|403|404|409|400)/
    if (message.type() === 'error' && !answer.test(message.text())) problems.push(message.text())
  })
  page.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url())
    if (/^https?:$/.test(protocol) && asked !== origin) problems.push(`asked ${request.url()}`)
  })
  return { context, page, problems }
}

/** Signs the first administrator in, past the screen. */
export const signIn = async (context: BrowserContext, { email, password } = admin) => {
  const answer = await context.request.post('/api/auth/sign-in/email', {
    data: { email, password },
    headers: { 'Sec-Fetch-Site': 'same-origin' },
  })
  if (!answer.ok()) throw new Error(`sign-in: ${answer.status()} ${await answer.text()}`)
}

/** What axe finds seriously wrong with the page as it stands. */
export const seriousFlaws = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
}

/** Whether the page is wider than its window. */
export const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
