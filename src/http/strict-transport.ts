import type { AnyElysia } from 'elysia'

/** For a year, of this host alone: what lies below it, and lists in browsers, are not ours to decide. */
const strictTransport = 'max-age=31536000'

type Answering = (request: Request) => Response | Promise<Response>

const mark = (answer: Response) => {
  answer.headers.set('Strict-Transport-Security', strictTransport)
  return answer
}

/**
 * Makes every answer of a server that is known under an https address say that its host is reached by https
 * only. `isOwnDomain` tells requests for somebody's own domain apart, whose certificate is their business. Not
 * a hook: those of the root would make each redirect dearer than the header does.
 */
export const withStrictTransport = (
  server: AnyElysia,
  isOwnDomain: (request: Request) => boolean,
) => {
  const marked =
    (answer: Answering): Answering =>
    (request) => {
      const answered = answer(request)
      return answered instanceof Promise ? answered.then(mark) : mark(answered)
    }
  server.wrap((answer, request) =>
    isOwnDomain(request) ? answer : marked(answer as unknown as Answering),
  )
}
