/** The fields by which a request says where to go afterwards. */
const fields = ['callbackURL', 'errorCallbackURL', 'newUserCallbackURL', 'redirectTo'] as const

/** Whether a text is a path of this server, whatever a browser may make of it. */
const isOwnPath = (text: unknown): boolean => {
  if (typeof text !== 'string' || !/^\/(?![/\\])[^\\\s]*$/.test(text)) return false
  const here = 'http://here.invalid'
  return URL.parse(text, here)?.origin === here
}

/** The first field that would lead somewhere else; null when none does. */
export const strayField = (query: URLSearchParams, body: Record<string, unknown>): string | null =>
  fields.find((field) => {
    const sent = [...query.getAll(field), ...(body[field] === undefined ? [] : [body[field]])]
    return !sent.every(isOwnPath)
  }) ?? null
