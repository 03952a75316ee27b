/** The page's own look, around the viewer's. */
export const look = `
:root { color-scheme: light dark; --ink: #1d2433; --paper: #fbfaf7; --line: #dcd8ce; --soft: #5d6475; --accent: #a33b12 }
@media (prefers-color-scheme: dark) { :root { --ink: #ebe8e1; --paper: #16181d; --line: #363a44; --soft: #a5abb8; --accent: #f2a07b } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
.bar { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; align-items: center; max-width: 1460px; margin: 0 auto; padding: 1rem 20px }
.bar h1 { font-size: 1.25rem; letter-spacing: -.01em; margin: 0 auto 0 0 }
.bar label { display: flex; gap: .5rem; align-items: center; color: var(--soft) }
.bar select { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; padding: .4rem .6rem; max-width: 70vw }
.bar a { color: var(--accent) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.swagger-ui .wrapper { padding: 0 20px }
.swagger-ui .info { margin: 12px 0 }
.swagger-ui .info .title { font-size: 1.5rem }
.swagger-ui .info .link, .swagger-ui .info__license, .swagger-ui .servers, .swagger-ui .servers-title { display: none }
html:not(.dark-mode) .swagger-ui .info .title small { background: #5d6475 }
html:not(.dark-mode) .swagger-ui .info .title small.version-stamp { background: #3d6b10 }
html:not(.dark-mode) .swagger-ui .btn.authorize { border-color: #14713f; color: #14713f }
html:not(.dark-mode) .swagger-ui .opblock-get .opblock-summary-method { background: #1f5fae }
html:not(.dark-mode) .swagger-ui .opblock-post .opblock-summary-method { background: #14713f }
html:not(.dark-mode) .swagger-ui .opblock-put .opblock-summary-method { background: #8a5200 }
html:not(.dark-mode) .swagger-ui .opblock-patch .opblock-summary-method { background: #0a6e5e }
html:not(.dark-mode) .swagger-ui .opblock-delete .opblock-summary-method { background: #b3261e }
.swagger-ui .scheme-container { margin: 0 0 16px; padding: 12px 0; background: none; box-shadow: none }
.swagger-ui, .swagger-ui .opblock-tag, .swagger-ui .info .title { color: var(--ink); font-family: system-ui, sans-serif }
html.dark-mode, html.dark-mode body { background: var(--paper) }
`
