import { expect } from 'bun:test'
import type { Expected, Saved } from '../scenario'
import type { Send } from '../world'

/** Where our own API begins. */
export const root = '/api/snug/v1'

/** A refusal of our own API. */
export const problem = (status: number, fault: string, field?: string): Expected => ({
  status,
  json: expect.objectContaining({
    status,
    fault,
    type: `urn:snug:fault:${fault}`,
    ...(field === undefined
      ? {}
      : { errors: expect.arrayContaining([expect.objectContaining({ field })]) }),
  }),
  headers: { 'content-type': 'application/problem+json' },
})

/** A request from our own pages of somebody who has signed in. */
export const as =
  (name: string, send: Send | ((saved: Saved) => Send)) =>
  (saved: Saved): Send => {
    const { headers, ...rest } = typeof send === 'function' ? send(saved) : send
    const cookie = { Cookie: saved[`${name}Cookie`] ?? '', 'Sec-Fetch-Site': 'same-origin' }
    return { ...rest, path: `${root}${rest.path}`, headers: { ...cookie, ...headers } }
  }

/** The same list of requests, refused alike. */
export const refusedAlike = (sends: readonly ((saved: Saved) => Send)[], expected: Expected) =>
  sends.map((send) => ({ send, expect: expected }))
