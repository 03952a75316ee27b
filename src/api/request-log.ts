import type { Dialect, DialectContext } from './dialect'

/** A request id from outside that may be repeated in answers and logs. */
const wellFormed = /^[\w.-]{1,64}$/

/** The id of a request: the one its sender gave it, or a new one. */
export const requestIdOf = (
  request: Request,
  { random }: Pick<DialectContext, 'random'>,
): string => {
  const given = request.headers.get('x-request-id')
  if (given !== null && wellFormed.test(given)) return given
  return Buffer.from(random(8)).toString('hex')
}

type Answered = {
  request: Request
  route: string
  startedAt?: number
  set: { status?: number | string; headers: Record<string, string | number> }
  responseValue: unknown
}

/** Tells the program of an answered request. */
export const logAnswered = (
  { name }: Dialect,
  { core, logRequest }: DialectContext,
  { request, route, startedAt, set, responseValue }: Answered,
) => {
  const now = core.clock.monotonic()
  logRequest({
    dialect: name,
    method: request.method,
    route,
    status: responseValue instanceof Response ? responseValue.status : Number(set.status ?? 200),
    ms: now - (startedAt ?? now),
    requestId: String(set.headers['X-Request-Id'] ?? ''),
  })
}
