import { Elysia } from 'elysia'

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#a33b12"/><path d="M9 19.5c1.6 2.4 4 3.5 7 3.5 4 0 7-1.8 7-4.6 0-6.2-12.4-2.7-12.4-7.2C10.600 9 13 8 16 8c2.500 0 4.700.900 6 2.600" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round"/></svg>`

/** Only the landing page is for search engines; short links say `noindex` themselves. */
const robots = 'User-agent: *\nAllow: /$\nDisallow: /\n'

const nosniff = { 'X-Content-Type-Options': 'nosniff' }

/** `/health`, `/robots.txt` and `/favicon.ico`. `healthy` answers whether writes are accepted. */
export const probes = (healthy: () => boolean) =>
  new Elysia({ name: 'probes' })
    .get('/health', function getHealth() {
      const fine = healthy()
      const headers = { ...nosniff, 'Cache-Control': 'no-store' }
      return Response.json(
        { status: fine ? 'ok' : 'failing' },
        { status: fine ? 200 : 503, headers },
      )
    })
    .get('/robots.txt', function getRobotsTxt() {
      return new Response(robots, {
        headers: { ...nosniff, 'Content-Type': 'text/plain; charset=utf-8' },
      })
    })
    .get('/favicon.ico', function getFaviconIco() {
      const headers = {
        ...nosniff,
        'Content-Type': 'image/svg+xml',
        'Cache-Control': 'public, max-age=86400',
      }
      return new Response(icon, { headers })
    })
