import { Fault } from '../core'
import { isJson } from './attend'

/** Largest request body of any API, in bytes. */
export const largestBody = 512 * 1024

/** A body that can't be used; refused only after the caller is known and charged. */
export class UnreadableBody {
  constructor(readonly fault: Fault) {}
}

/**
 * Reads a JSON body; answers why not, instead of throwing, so that authentication comes first. What a
 * bodiless request may bring along is not looked at.
 */
export const readBody = async (request: Request, bodiless: boolean): Promise<unknown> => {
  if (bodiless) return undefined
  if (!isJson(request.headers.get('content-type') ?? ''))
    return unreadable('Content-Type must be application/json')
  const text = await readText(request)
  if (text === null) return new UnreadableBody(new Fault('body_too_large'))
  try {
    const json: unknown = JSON.parse(text)
    // The framework would take an array or a text for an object without fields.
    return isObject(json) ? json : unreadable('must be a JSON object')
  } catch {
    return unreadable('not valid JSON')
  }
}

const isObject = (json: unknown) =>
  typeof json === 'object' && json !== null && !Array.isArray(json)

const unreadable = (reason: string) =>
  new UnreadableBody(new Fault('input_invalid', { field: 'body', reason }))

/** The body as text; null as soon as it has more bytes than `most`, whatever its headers claim. */
export const readText = async (request: Request, most = largestBody): Promise<string | null> => {
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
