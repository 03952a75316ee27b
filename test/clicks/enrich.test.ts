import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import type { RawClick } from '../../src/clicks'
import { createAgents } from '../../src/clicks/agent'
import { createEnrich } from '../../src/clicks/enrich'
import { createLanguages } from '../../src/clicks/language'
import { readReferrer } from '../../src/clicks/referrer'
import { createProxyTrust } from '../../src/net'

const agentOf = createAgents()

describe('bots by name', () => {
  test.each([
    ['Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)', 'Slackbot-LinkExpanding'],
    ['Slack-ImgProxy (+https://api.slack.com/robots)', 'Slack-ImgProxy'],
    ['WhatsApp/2.23.20.0', 'WhatsApp'],
    [
      'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
      'facebookexternalhit',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0',
      'facebookexternalhit',
    ],
    ['Twitterbot/1.0', 'Twitterbot'],
    [
      'LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)',
      'LinkedInBot',
    ],
    ['Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)', 'Discordbot'],
    ['TelegramBot (like TwitterBot)', 'TelegramBot'],
    [
      'Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com',
      'SkypeUriPreview',
    ],
    ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'Googlebot'],
    [
      'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/100.0 Safari/537.36',
      'bingbot',
    ],
    ['Synapse (bot; +https://github.com/matrix-org/synapse)', 'Synapse'],
    ['Pinterest/0.2 (+https://www.pinterest.com/bot.html)', 'Pinterest'],
    ['curl/8.5.0', 'curl'],
    ['python-requests/2.31', 'python-requests'],
  ])('%s', (header, bot) => {
    expect(agentOf(header)).toMatchObject({ bot, device: 'bot' })
  })
})

describe('people', () => {
  test.each([
    [
      'Mozilla/5.0 (Linux; Android 13; CUBOT P80) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36',
      { browser: 'Chrome', os: 'Android', device: 'mobile' },
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:128.0) Gecko/20100101 Firefox/128.0',
      { browser: 'Firefox', os: 'macOS', device: 'desktop' },
    ],
    [
      'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
      { browser: 'Chrome', os: 'Chrome OS', device: 'desktop' },
    ],
  ])('%s', (header, expected) => {
    expect(agentOf(header)).toEqual({ ...expected, bot: null })
  })
})

test.each([
  [
    'https://user:pass@www.example.co.uk:8443/a?b#c',
    'https://www.example.co.uk:8443',
    'example.co.uk',
  ],
  ['http://192.168.1.5/x', 'http://192.168.1.5', '192.168.1.5'],
  ['https://someone.github.io/', 'https://someone.github.io', 'someone.github.io'],
  ['javascript:alert(1)', 'Direct', 'Direct'],
  ['about:blank', 'Direct', 'Direct'],
  [`https://${'a.'.repeat(200)}example/`, 'Direct', 'Direct'],
])('a referrer is kept as origin and domain only: %s', (header, origin, domain) => {
  expect(readReferrer(header)).toEqual({ origin, domain })
})

test('a language is kept without its region', () => {
  const languageOf = createLanguages()
  expect(languageOf('de-AT,de;q=0.8')).toBe('de')
  expect(languageOf('en;q=0.1, pt-BR')).toBe('pt')
  for (const header of [null, '', '*', 'x'.repeat(2000), ';;;q=', 'de"><script>'])
    expect(languageOf(header)).toBe('Unknown')
})

const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ maxLength: 100 }).map((text) => text.repeat(500)),
  fc.constantFrom('bot', 'Mozilla/5.0 (', 'https://', '::ffff:1.2.3.4', 'de;q=', '🦊', '\ud800'),
)
const header = fc.option(anything)

test('whatever a visitor sends, a click comes out of it, short and without an address', async () => {
  const enrich = createEnrich(
    createProxyTrust({ trustedProxies: ['loopback'], baseUrl: null }),
    { of: () => 'XX', description: '' },
    async () => new Uint8Array(32),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        userAgent: header,
        referrer: header,
        language: header,
        forwardedFor: header,
        cdnCountry: header,
        host: anything,
        prefetch: fc.boolean(),
        untracked: fc.boolean(),
        peer: fc.oneof(fc.constant('127.0.0.1'), anything),
      }),
      async (sent) => {
        const raw: RawClick = { linkId: 1, at: 1_770_000_000_000, redirectUs: 1, ...sent }
        const { visitor, referrer, ...click } = await enrich(raw)
        expect(visitor?.byteLength ?? 8).toBe(8)
        const texts = [click.browser, click.os, click.device, click.language, click.bot ?? '']
        for (const text of texts) expect(text.length).toBeLessThanOrEqual(60)
        expect(click.country).toMatch(/^[A-Z]{2}$/)
        expect(referrer.origin.length).toBeLessThanOrEqual(255)
        expect(referrer.domain.length).toBeLessThanOrEqual(255)
        if (raw.untracked)
          expect({ visitor, referrer: referrer.origin }).toEqual({
            visitor: null,
            referrer: 'Direct',
          })
      },
    ),
    { numRuns: 500 },
  )
})
