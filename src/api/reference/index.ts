import { Elysia } from 'elysia'
import viewerStyle from 'swagger-ui-dist/swagger-ui.css' with { type: 'file' }
import viewerCode from 'swagger-ui-dist/swagger-ui-bundle.js' with { type: 'file' }
import { documentOf, type ServedDialect } from './document'
import { type Packed, packed } from './packed'
import { policyOf, referencePage, viewerScript } from './viewer'

export type { ServedDialect } from './document'

type Needs = { version: string; baseUrl: string | null }

/**
 * The reference of all dialects: `/docs` shows it, `/openapi.json` holds it whole, `/docs/{dialect}.json`
 * one by one. Nothing is made before somebody asks, and nothing comes from elsewhere.
 */
export const reference = (served: readonly ServedDialect[], { version, baseUrl }: Needs) => {
  const base = baseUrl ?? '/'
  const write = (some: readonly ServedDialect[], title: string) =>
    packed('application/json; charset=utf-8', () =>
      JSON.stringify(documentOf(some, { title, version, base })),
    )
  const everything = write(served, 'Every API of this server')
  const offers = [
    ...served.map(({ dialect: { name, title } }) => ({ name, title })),
    { name: 'everything', title: 'Every API of this server' },
  ]
  const files: Record<string, Packed> = {
    ...Object.fromEntries(
      served.map((one) => [`${one.dialect.name}.json`, write([one], one.dialect.title)]),
    ),
    'everything.json': everything,
    'viewer.js': packed('text/javascript; charset=utf-8', () => viewerScript(offers)),
    'swagger-ui.js': packed('text/javascript; charset=utf-8', () => Bun.file(viewerCode).text()),
    'swagger-ui.css': packed('text/css; charset=utf-8', () => Bun.file(viewerStyle).text()),
  }
  const page = shown(version)
  const missing = new Response('Not found\n', {
    status: 404,
    headers: { 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff' },
  })
  return new Elysia({ name: 'reference' })
    .get('/openapi.json', function getOpenapiJson({ request }) {
      return everything(request)
    })
    .get('/docs', function getDocs({ request }) {
      return page(request)
    })
    .get('/docs/:file', function getDocsByFile({ params, request }) {
      return Object.hasOwn(files, params.file) ? files[params.file]?.(request) : missing.clone()
    })
}

/** The page with the policy that its inline pieces need. */
const shown = (version: string): Packed => {
  let making: Promise<string> | null = null
  const make = () => {
    making ??= referencePage(version)
    return making
  }
  const send = packed('text/html; charset=utf-8', make)
  return async (request) => {
    const response = await send(request)
    response.headers.set('Content-Security-Policy', policyOf(await make()))
    return response
  }
}
