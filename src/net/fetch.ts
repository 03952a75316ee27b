type Init = {
  method?: 'GET' | 'POST' | undefined
  headers?: Record<string, string> | undefined
  body?: string | undefined
  redirect?: 'error' | 'manual' | 'follow' | undefined
  tls?: { serverName: string } | undefined
  /** for the request and for everything `use` does with the answer */
  timeoutMs: number
  /** ends it early */
  stop?: AbortSignal | undefined
}

/**
 * Asks another server and hands its answer to `use`; whatever that left unread is never fetched. The body
 * comes as it was sent: nothing is unpacked behind our back, where a megabyte may become a gigabyte.
 */
export async function withAnswer<T>(
  url: string,
  { timeoutMs, stop, headers, ...init }: Init,
  use: (answer: Response) => T | Promise<T>,
): Promise<T> {
  const leaving = new AbortController()
  const signals = [leaving.signal, AbortSignal.timeout(timeoutMs), ...(stop ? [stop] : [])]
  try {
    const answer = await fetch(url, {
      ...(init as RequestInit),
      headers: { ...headers, 'Accept-Encoding': 'identity' },
      decompress: false,
      signal: AbortSignal.any(signals),
    })
    return await use(answer)
  } finally {
    leaving.abort()
  }
}

/** Returns an answer's bytes, at most `most` of them; throws when there are more. */
export async function readBytes(
  { body }: Response,
  most: number,
  progress: (bytes: number) => void = () => {},
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.byteLength
    if (size > most) throw new Error(`answered more than ${most} bytes`)
    chunks.push(chunk)
    progress(size)
  }
  return Uint8Array.from(Buffer.concat(chunks))
}

/**
 * Returns an answer's body as a stream; one that was packed although nobody asked for that is unpacked only
 * as far as it is read. Throws for an encoding other than gzip.
 */
export function bodyOf({ body, headers }: Response): AsyncIterable<Uint8Array> {
  const encoding = (headers.get('content-encoding') ?? 'identity').trim().toLowerCase()
  if (body === null) throw new Error('answers without a body')
  if (encoding === 'identity') return body
  if (encoding === 'gzip' || encoding === 'x-gzip')
    return body.pipeThrough(new DecompressionStream('gzip'))
  throw new Error(`answers in an encoding that was not asked for, ${encoding.slice(0, 40)}`)
}
