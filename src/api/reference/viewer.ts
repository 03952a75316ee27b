import { Elysia } from 'elysia'
import { look } from './look'

/** A document that the page offers. */
export type Offer = { name: string; title: string }

/** The script that shows the documents: everything it loads lies beside it. */
export const viewerScript = (offers: readonly Offer[]): string => `'use strict'
const offers = ${JSON.stringify(offers)}
const style = document.createElement('link')
style.rel = 'stylesheet'
style.href = 'docs/swagger-ui.css'
document.head.prepend(style)
const dark = matchMedia('(prefers-color-scheme: dark)')
const adapt = () => document.documentElement.classList.toggle('dark-mode', dark.matches)
dark.addEventListener('change', adapt)
adapt()

const bar = document.createElement('header')
bar.className = 'bar'
const title = document.createElement('h1')
title.textContent = 'API reference'
const label = document.createElement('label')
label.append('API')
const choice = document.createElement('select')
choice.ariaLabel = 'API'
for (const { name, title } of offers) choice.add(new Option(name + ' — ' + title, name))
label.append(choice)
const raw = document.createElement('a')
raw.textContent = 'OpenAPI 3.1'
const main = document.createElement('div')
bar.append(title, label, raw)
document.body.append(bar, main)

const asked = new URLSearchParams(location.search).get('api')
choice.value = offers.some(({ name }) => name === asked) ? asked : offers[0].name
async function show() {
  raw.href = 'docs/' + choice.value + '.json'
  const spec = await (await fetch(raw.href)).json()
  for (const server of spec.servers) server.url = new URL(server.url, location.href).href.replace(/\\/$/, '')
  main.replaceChildren()
  SwaggerUIBundle({
    spec,
    domNode: main,
    deepLinking: true,
    validatorUrl: null,
    docExpansion: 'list',
    defaultModelsExpandDepth: -1,
  })
}
choice.addEventListener('change', () => {
  history.replaceState(null, '', '?api=' + choice.value)
  show()
})
const viewer = document.createElement('script')
viewer.src = 'docs/swagger-ui.js'
viewer.addEventListener('load', show)
document.head.append(viewer)
`

/** The page as the swagger plugin writes it, with our viewer instead of one from elsewhere. */
export async function referencePage(version: string): Promise<string> {
  const { swagger } = await import('@elysiajs/swagger')
  const info = {
    title: 'snug: API reference',
    description: 'The APIs this server answers',
    version,
  }
  const plugin = swagger({
    path: '/docs',
    documentation: { info },
    scalarCDN: 'docs/viewer.js',
    scalarConfig: { spec: { url: 'openapi.json' }, customCss: look },
  })
  const answer = await new Elysia().use(plugin).handle(new Request('http://localhost/docs'))
  const html = await answer.text()
  return html
    .replace('<html>', '<html lang="en">')
    .replace(
      '<body>',
      '<body>\n    <noscript>The reference needs JavaScript; <a href="openapi.json">the OpenAPI document</a> does not.</noscript>',
    )
}

/** The policy that lets the page run exactly its own inline pieces, and load nothing but from here. */
export const policyOf = (html: string): string => {
  const hashes = (element: string) =>
    [
      ...html.matchAll(
        new RegExp(`<${element}(?![^>]*\\ssrc=)[^>]*>([\\s\\S]*?)</${element}>`, 'g'),
      ),
    ]
      .map(
        ([, text = '']) =>
          `'sha256-${new Bun.CryptoHasher('sha256').update(text).digest('base64')}'`,
      )
      .join(' ')
  return [
    "default-src 'none'",
    `script-src 'self' ${hashes('script')}`,
    `style-src 'self' ${hashes('style')}`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
