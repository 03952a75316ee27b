import { refusal, root } from '../../api'
import type { Item } from './mapping'

/** Links that the documented bulk endpoint takes at once. */
const batch = 100

/** What became of an import: how many were made, and why which rows were not. */
export type Outcome = { made: number; errors: { row: number; url: string; message: string }[] }

type Answer = {
  message?: string
  data?: {
    created: unknown[]
    errors: { index: number; originalUrl: string; message: string }[]
  }
}

/** Sends links in batches, telling how many are through; a refused row never stops the others. */
export const sendAll = async (
  items: readonly Item[],
  tell: (done: number) => void,
  stopped: () => boolean,
): Promise<Outcome> => {
  const outcome: Outcome = { made: 0, errors: [] }
  for (let from = 0; from < items.length && !stopped(); from += batch) {
    const links = items.slice(from, from + batch)
    const { created, errors } = await send(links)
    outcome.made += created.length
    for (const { index, originalUrl, message } of errors)
      outcome.errors.push({ row: from + index, url: originalUrl, message })
    tell(Math.min(items.length, from + batch))
  }
  return outcome
}

const send = async (links: readonly Item[]): Promise<NonNullable<Answer['data']>> => {
  const answer = await fetch(`${root}/api/links/bulk`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ links }),
  })
  if (answer.status === 429) {
    const seconds = Number(answer.headers.get('retry-after')) || 1
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
    return send(links)
  }
  const body = (await answer.json().catch(() => ({}))) as Answer
  if (body.data?.errors !== undefined) return body.data
  throw refusal(answer.status, body)
}
