import type { App } from './app-file'

/** The page that loads the app; the same for every address the app answers. `base` ends in a slash. */
export const shell = (app: App, base: string) => new Response(html(app, base), { headers })

const html = ({ scripts: [entry = '', ...more], style }: App, base: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<base href="${Bun.escapeHTML(base)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>snug</title>
<link rel="icon" href="favicon.ico" type="image/svg+xml">
<link rel="stylesheet" href="admin/assets/${style}">
${more.map((name) => `<link rel="modulepreload" href="admin/assets/${name}">\n`).join('')}<script type="module" src="admin/assets/${entry}"></script>
</head>
<body>
<div id="app"></div>
<noscript>This page needs JavaScript. All it does can also be done through the API: see /docs.</noscript>
</body>
</html>
`

const headers = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-cache',
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'", // the components set their sizes and colours in the page
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex',
  'Referrer-Policy': 'no-referrer',
}
