import { promisify } from 'node:util'
import { gunzipSync, gzip } from 'node:zlib'

const pack = promisify(gzip)

/** A text that is sent again and again: made when first asked for, kept small. */
export type Packed = (request: Request) => Promise<Response>

/** Makes the sender of a text. `make` runs once, at the first request; only the packed form is kept. */
export const packed = (type: string, make: () => string | Promise<string>): Packed => {
  let making: Promise<{ body: Uint8Array<ArrayBuffer>; etag: string }> | null = null

  async function prepare() {
    const body = new Uint8Array(await pack(await make()))
    return { body, etag: `"${Bun.hash(body).toString(36)}"` }
  }

  return async ({ headers: asked }) => {
    making ??= prepare()
    const { body, etag } = await making
    const headers = {
      'Content-Type': type,
      'Cache-Control': 'no-cache',
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      Vary: 'Accept-Encoding',
      ETag: etag,
    }
    if (asked.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
    return /\bgzip\b/.test(asked.get('accept-encoding') ?? '')
      ? new Response(body, { headers: { ...headers, 'Content-Encoding': 'gzip' } })
      : new Response(gunzipSync(body), { headers })
  }
}
