/** The look that every small page of the program shares; the page reads nothing from elsewhere. */
const style = `
:root { color-scheme: light dark; --ink: #1d2433; --paper: #fbfaf7; --card: #fff; --line: #dcd8ce; --soft: #5d6475; --accent: #a33b12; --on-accent: #fff }
@media (prefers-color-scheme: dark) { :root { --ink: #ebe8e1; --paper: #16181d; --card: #1f2229; --line: #363a44; --soft: #a5abb8; --accent: #f2a07b; --on-accent: #1d1410 } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; background: var(--paper); color: var(--ink); font: 17px/1.55 system-ui, sans-serif }
main { flex: 1; width: 100%; max-width: 40rem; margin: 0 auto; padding: 14vh 1.25rem 3rem }
h1 { font-family: 'Iowan Old Style', 'Palatino Linotype', 'URW Palladio L', P052, Georgia, serif; font-size: clamp(1.7rem, 5vw, 2.4rem); line-height: 1.15; letter-spacing: -.02em; margin: 0 0 .6rem }
p { margin: 0 0 1rem } .soft { color: var(--soft) }
a { color: var(--accent) }
footer { padding: 1rem 1.25rem 1.5rem; text-align: center; color: var(--soft); font-size: .85rem }
form { display: flex; flex-wrap: wrap; gap: .6rem; margin: 1.6rem 0 1rem }
label { flex-basis: 100%; font-weight: 600 }
input, button { font: inherit; padding: .7rem .9rem; border-radius: .6rem; border: 1px solid var(--line) }
input { flex: 1 1 14rem; min-width: 0; background: var(--card); color: var(--ink) }
button { background: var(--accent); color: var(--on-accent); border-color: transparent; font-weight: 600; cursor: pointer }
button:disabled { opacity: .6; cursor: default }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .8rem; padding: 1rem 1.1rem; margin: 0 0 1rem }
.result { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; justify-content: space-between }
.result a { font-size: 1.15rem; font-weight: 600; overflow-wrap: anywhere }
code { overflow-wrap: anywhere } .error { color: var(--accent); font-weight: 600 } [hidden] { display: none !important }
`

/** A finished page: its HTML and the headers that confine it to exactly its own style and script. */
export type Page = { html: string; headers: Record<string, string> }

type Parts = {
  title: string
  body: string
  script?: string
  /** where its forms may lead, redirects included; unset: only to us */
  formAction?: string
  /** whom its own address is told to; unset: nobody */
  referrer?: 'no-referrer' | 'same-origin'
}

/** Builds a page around trusted HTML; texts from outside must have passed `escapeHtml`. */
export const page = ({ title, body, script = '', ...policies }: Parts): Page => {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="/favicon.ico" type="image/svg+xml">
<style>${style}</style>
</head>
<body>
${body}${script === '' ? '' : `\n<script>${script}</script>`}
</body>
</html>
`
  return { html, headers: pageHeaders(script, policies) }
}

/** A response that shows a page. */
export const showPage = (
  { html, headers }: Page,
  status = 200,
  more: Record<string, string> = {},
) => new Response(html, { status, headers: { ...headers, ...more } })

/** Makes any text safe inside HTML, attributes included. */
export const escapeHtml = (text: string) => Bun.escapeHTML(text)

const pageHeaders = (
  script: string,
  { formAction = "'self'", referrer = 'no-referrer' }: Pick<Parts, 'formAction' | 'referrer'>,
) => ({
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': [
    "default-src 'none'",
    `style-src ${hashSource(style)}`,
    ...(script === '' ? [] : [`script-src ${hashSource(script)}`, "connect-src 'self'"]),
    "img-src 'self' data:",
    `form-action ${formAction}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': referrer,
})

const hashSource = (text: string) =>
  `'sha256-${new Bun.CryptoHasher('sha256').update(text).digest('base64')}'`
