/** A refusal of a sign-in endpoint, as the library says its own. */
export const refusal = (status: number, code: string, message: string, headers = {}): Response =>
  Response.json({ code, message }, { status, headers })

export const missing = () => refusal(404, 'NOT_FOUND', 'There is no such endpoint')
export const signedOut = () => refusal(401, 'UNAUTHORIZED', 'Sign-in required')
export const invalid = (message: string) => refusal(400, 'INVALID_INPUT', message)
export const tooMany = (seconds: number) =>
  refusal(429, 'TOO_MANY_REQUESTS', `Too many tries. Wait ${seconds} seconds.`, {
    'Retry-After': String(seconds),
  })
