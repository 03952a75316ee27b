/** The library's answer as it may leave: session tokens are for the cookie alone, cookies for this browser. */
export async function polish(answer: Response, cookies: readonly string[]): Promise<Response> {
  const headers = new Headers(answer.headers)
  for (const cookie of cookies) headers.append('Set-Cookie', cookie)
  const isJson = headers.get('content-type')?.startsWith('application/json') ?? false
  headers.delete('content-length')
  if (!isJson) return new Response(answer.body, { status: answer.status, headers })
  const text = await answer.text()
  const status = statusOf(answer.status, text)
  if (status === 503 && !headers.has('retry-after')) headers.set('Retry-After', '5')
  return new Response(withoutTokens(text), { status, headers })
}

/** What the library says of an address that has an account already. */
const taken = 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL'

/** No answer of the program is 422: that is an address which is taken, or an account that could not be stored. */
const statusOf = (status: number, text: string): number => {
  if (status !== 422) return status
  return codeOf(text) === taken ? 409 : 503
}

const codeOf = (json: string): unknown => (JSON.parse(json || '{}') as { code?: unknown }).code

const withoutTokens = (json: string): string => {
  if (json === '') return json
  return JSON.stringify(JSON.parse(json), (name, part) => (name === 'token' ? undefined : part))
}
