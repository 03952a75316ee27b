import type { AnyElysia } from 'elysia'

/**
 * Makes a server see whole addresses: where the Host header is malformed Bun gives the path alone, in
 * which Elysia would skip as many characters as a scheme has, and route the rest. It compiles itself
 * anew when it begins to listen, so that is where its `fetch` is wrapped.
 */
export const withAbsoluteUrls = <App extends AnyElysia>(server: App): App => {
  const compile = server.compile.bind(server)
  server.compile = () => {
    compile()
    const { fetch } = server
    const value = (request: Request) => fetch(absoluteUrl(request))
    Object.defineProperty(server, 'fetch', { value, configurable: true, writable: true })
    return server
  }
  return server
}

/** The same request, because only of that one the server knows where it came from. */
const absoluteUrl = (request: Request): Request =>
  request.url.startsWith('/')
    ? Object.defineProperty(request, 'url', { value: `http://localhost${request.url}` })
    : request
