import { refusal, root } from './api'

/** Calls a sign-in endpoint; throws a `Refusal`. */
export const auth = async <T = unknown>(path: string, body?: unknown): Promise<T> => {
  const answer = await fetch(`${root}/api/auth${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const value: unknown = await answer.json().catch(() => null)
  if (!answer.ok) throw refusal(answer.status, value)
  return value as T
}
