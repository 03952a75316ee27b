import { Elysia } from 'elysia'
import { type App, type AppFile, type Encoding, encodings } from './app-file'
import { readApp } from './files'
import { shell } from './shell'

/**
 * The app for people: `/admin`, `/auth`, `/setup` and `/r` answer its page, `/admin/assets` its files.
 * `baseUrl` is the address the program is known under, if one is configured.
 */
export const admin = (baseUrl: string | null) => {
  const base = baseUrl === null ? '/' : `${new URL(baseUrl).pathname.replace(/\/+$/, '')}/`
  const app = once(readApp)
  async function show() {
    return shell(await app(), base)
  }
  const server = new Elysia({ name: 'admin' }).get(
    '/admin/assets/:name',
    async function getAdminAssetsByName({ params, request }) {
      return serve(await app(), params.name, request)
    },
  )
  for (const path of ['/admin', '/admin/*', '/auth', '/auth/*', '/setup', '/r'])
    server.get(path, show)
  return server
}

const once = <T>(read: () => Promise<T>) => {
  let reading: Promise<T> | null = null
  return () => {
    reading ??= read()
    return reading
  }
}

const nosniff = { 'X-Content-Type-Options': 'nosniff' }

const serve = ({ files }: App, name: string, request: Request): Response => {
  const file = files.get(name)
  if (file === undefined) return new Response('Not found\n', { status: 404, headers: nosniff })
  const encoding = encodingFor(request.headers.get('accept-encoding') ?? '')
  const headers = { ...nosniff, ...headersOf(file, name, encoding) }
  if (request.headers.get('if-none-match') === headers.ETag)
    return new Response(null, { status: 304, headers })
  return new Response(file.bodies[encoding], { headers })
}

const headersOf = ({ type }: AppFile, name: string, encoding: Encoding) => ({
  'Content-Type': type,
  'Cache-Control': 'public, max-age=31536000, immutable',
  ETag: `"${name}-${encoding}"`,
  Vary: 'Accept-Encoding',
  ...(encoding === 'identity' ? {} : { 'Content-Encoding': encoding }),
})

const encodingFor = (accepted: string): Encoding =>
  encodings.find((encoding) => accepts(accepted, encoding)) ?? 'identity'

const accepts = (accepted: string, encoding: Encoding) =>
  accepted.split(',').some((one) => {
    const [name = '', weight = ''] = one.trim().split(';')
    return name.trim() === encoding && !/^\s*q=0(\.0*)?\s*$/.test(weight)
  })
