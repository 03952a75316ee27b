/** The library's answer as it may leave: session tokens are for the cookie alone, cookies for this browser. */
export const polish = async (answer: Response, cookies: readonly string[]): Promise<Response> => {
  const headers = new Headers(answer.headers)
  for (const cookie of cookies) headers.append('Set-Cookie', cookie)
  const isJson = headers.get('content-type')?.startsWith('application/json') ?? false
  const body = isJson ? withoutTokens(await answer.text()) : answer.body
  headers.delete('content-length')
  return new Response(body, { status: statusOf(answer), headers })
}

/** No answer of the program is 422: the library says it of an address that has an account already. */
const statusOf = ({ status }: Response) => (status === 422 ? 409 : status)

const withoutTokens = (json: string): string => {
  if (json === '') return json
  return JSON.stringify(JSON.parse(json), (name, part) => (name === 'token' ? undefined : part))
}
