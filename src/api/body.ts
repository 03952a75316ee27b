import { Fault } from '../core'
import { readText } from '../http'
import { isJson } from './authenticate'

/** Largest request body of any API, in bytes. */
const largestBody = 512 * 1024

/** A body that can't be used; refused only after the caller is known and charged. */
export class UnreadableBody {
  constructor(readonly fault: Fault) {}
}

/** Deepest nesting of a body; nothing documented needs more than a few levels. */
const deepest = 100

/** How much of a body is read at most. */
export type BodyBounds = { bytes: number; levels: number }

const usualBounds: BodyBounds = { bytes: largestBody, levels: deepest }

/** Whether a request must bring a body, may bring one, or brings one that nobody looks at. */
export type BodyNeed = 'required' | 'optional' | 'ignored'

/**
 * Reads a JSON body; answers why not, instead of throwing, so that authentication comes first. Null for
 * none, because what is left undefined the framework would try to parse.
 */
export async function readBody(
  request: Request,
  need: BodyNeed,
  { bytes, levels } = usualBounds,
): Promise<unknown> {
  if (need === 'ignored') return null
  const isSent = isJson(request.headers.get('content-type') ?? '')
  if (!isSent && need === 'optional') return null
  if (!isSent) return unreadable('Content-Type must be application/json')
  const text = await readText(request, bytes)
  if (text === null) return new UnreadableBody(new Fault('body_too_large'))
  if (text === '' && need === 'optional') return null
  try {
    const json: unknown = JSON.parse(text)
    // The framework would take an array or a text for an object without fields.
    if (!isObject(json)) return unreadable('must be a JSON object')
    return isDeep(json, levels)
      ? unreadable(`must not be nested deeper than ${levels} levels`)
      : json
  } catch {
    return unreadable('not valid JSON')
  }
}

const isObject = (json: unknown) => isObjectOrArray(json) && !Array.isArray(json)

/** Whether JSON is so deep that whoever walks it by recursion, as the framework does, may run out of stack. */
const isDeep = (json: unknown, levels: number): boolean => {
  let level = [json]
  for (let depth = 0; depth <= levels; depth++) {
    level = level.flatMap((value) => (isObjectOrArray(value) ? Object.values(value) : []))
    if (level.length === 0) return false
  }
  return true
}

const isObjectOrArray = (json: unknown): json is object => typeof json === 'object' && json !== null

const unreadable = (reason: string) =>
  new UnreadableBody(new Fault('input_invalid', { field: 'body', reason }))
