/** A place where a dialect looks for the caller's key. */
export type Credential = {
  /** the OpenAPI security scheme that documents it; null for places that schemes can't express */
  scheme: Record<string, string> | null
  read: (request: Sent) => string | null
}

/** What credentials are read from. */
type Sent = { headers: Headers; query: Record<string, string | undefined>; body: unknown }

/** A request header. */
export const header = (name: string): Credential => ({
  scheme: { type: 'apiKey', in: 'header', name },
  read: ({ headers }) => headers.get(name) || null,
})

/** `Authorization: Bearer …`. */
export const bearer: Credential = {
  scheme: { type: 'http', scheme: 'bearer' },
  read: ({ headers }) =>
    /^Bearer +(.*)$/i.exec(headers.get('authorization') ?? '')?.[1]?.trim() || null,
}

/** A query parameter. */
export const query = (name: string): Credential => ({
  scheme: { type: 'apiKey', in: 'query', name },
  read: ({ query }) => query[name] || null,
})

/** A field of the JSON body. */
export const bodyField = (name: string): Credential => ({
  scheme: null,
  read: ({ body }) => {
    const value = isRecord(body) ? body[name] : null
    return typeof value === 'string' && value !== '' ? value : null
  },
})

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
