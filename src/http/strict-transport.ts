import type { AnyElysia } from 'elysia'

/** For a year, of this host alone: what lies below it, and lists in browsers, are not ours to decide. */
const strictTransport = 'max-age=31536000'

/**
 * Makes every answer of a server that is known under an https address say that its host is reached by https
 * only. `isOwnDomain` tells requests for somebody's own domain apart, whose certificate is their business. Not
 * a hook: those of the root would make each redirect dearer than the header does.
 */
export const withStrictTransport = <App extends AnyElysia>(
  server: App,
  isOwnDomain: (request: Request) => boolean,
): App => {
  const mark = (answer: Response) => {
    answer.headers.set('Strict-Transport-Security', strictTransport)
    return answer
  }
  const compile = server.compile.bind(server)
  server.compile = () => {
    compile()
    const { fetch } = server
    const value = (request: Request) => {
      const answer: Response | Promise<Response> = fetch(request)
      if (isOwnDomain(request)) return answer
      return answer instanceof Promise ? answer.then(mark) : mark(answer)
    }
    Object.defineProperty(server, 'fetch', { value, configurable: true, writable: true })
    return server
  }
  server.compile() // a server that never listens is asked, too
  return server
}
