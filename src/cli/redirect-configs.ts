/** How links are written for something else than snug; codes and URLs come without special characters. */
export type RedirectConfig = {
  head: string
  line: (code: string, url: string, status: number) => string
  foot: string
}

/** The ways out: a web server's own configuration, or one page for any static host. */
export const redirectConfigs: Record<string, RedirectConfig> = {
  caddy: {
    head: '# Inside a site block: import this file.\n',
    line: (code, url, status) => `redir /${code} "${url}" ${status}\n`,
    foot: '',
  },
  nginx: {
    head: '# Inside a server block: include this file.\n',
    line: (code, url, status) => `location = /${code} { return ${status} "${url}"; }\n`,
    foot: '',
  },
  netlify: {
    head: '# The file _redirects of a Netlify or Cloudflare Pages site.\n',
    line: (code, url, status) => `/${code} ${url} ${status}\n`,
    foot: '',
  },
  html: {
    head: `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Short links</title>
<!-- Put this page where your host looks for missing files (404.html): it sends visitors on. -->
<h1>Short links</h1>
<ul>
`,
    line: (code, url) =>
      `<li><a id="${code}" href="${Bun.escapeHTML(url)}">${code}</a> ${Bun.escapeHTML(url)}</li>\n`,
    foot: `</ul>
<script>
const link = document.getElementById(location.pathname.split('/').pop())
if (link) location.replace(link.href)
</script>
`,
  },
}
