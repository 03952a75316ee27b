import { expect } from 'bun:test'
import type { Expected, Saved, Step } from '../scenario'
import type { Send } from '../world'

export const root = '/api/v1'
export const page = 'https://example.com/very/long/url'

/** A request of somebody by their key. */
export const as =
  (name: string, send: Send | ((saved: Saved) => Send)) =>
  (saved: Saved): Send => {
    const { path, headers, ...rest } = typeof send === 'function' ? send(saved) : send
    const key = { Authorization: `Bearer ${saved[`${name}Key`]}` }
    return { ...rest, path: root + path, headers: { ...key, ...headers } }
  }

/** A refusal in the dialect's envelope. */
export const refusal = (status: number, code: string, message?: unknown): Expected => ({
  status,
  json: { success: false, message: message ?? expect.any(String), code },
  headers: { 'content-type': expect.stringContaining('application/json') },
})

/** Shortens, remembering the code under a name. */
export const shorten = (name: string, as_: string = 'code', url: string = page): Step => ({
  send: as(name, { path: '/shorten', body: { url } }),
  expect: { status: 201 },
  save: ({ json }) => ({ [as_]: json.shortCode }),
})

/** Follows a link, as often as it says. */
export const follow = (
  name: string,
  headers: Record<string, string> = {},
  times: number = 1,
): Step => ({
  send: (saved) => ({ path: `/${saved[name]}`, headers }),
  expect: { status: 302 },
  times,
})
