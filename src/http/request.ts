/** An answered request of an API, as metrics and the access log may know it: no code, key or address. */
export type RequestLogEntry = {
  dialect: string
  method: string
  /** the pattern of its route, not the path */
  route: string
  status: number
  ms: number
  requestId: string
}

/** A request as the operator may know it: the pattern of its route, for paths hold keys and codes. */
type Asked = Pick<RequestLogEntry, 'method' | 'route'> & { requestId?: string | undefined }

/** Tells the operator of an error nobody expected. */
export type ReportError = (error: unknown, asked: Asked) => void

/** The body as text; null as soon as it has more bytes than `most`, whatever its headers claim. */
export async function readText(request: Request, most: number): Promise<string | null> {
  if (Number(request.headers.get('content-length')) > most) return null
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > most) return null
    chunks.push(chunk)
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}
