import { lookup } from 'node:dns/promises'
import ipaddr from 'ipaddr.js'
import { withAnswer } from './fetch'

/** Resolves a host to its addresses; a test hands in its own. */
export type Resolve = (host: string) => Promise<readonly string[]>

/** What came of a request of ours; `problem` is null only for an answer that says it worked. */
export type Outcome = { status: number | null; problem: string | null }

type Needs = {
  resolve?: Resolve
  allowPrivate: boolean
  timeoutMs?: number
  /** ends whatever is under way */
  stop?: AbortSignal
}

/** How much of an answer is read at all, in bytes. */
const mostRead = 64 * 1024

const ask: Resolve = async (host) =>
  (await lookup(host, { all: true })).map(({ address }) => address)

/**
 * Makes `post`: sends to an address that somebody else chose. The host is resolved first, refused when
 * it leads into a private network, and then connected to by that very address, so that it can't
 * change in between. Redirects are not followed; time and size are bounded.
 */
export const createPost = ({ resolve = ask, allowPrivate, timeoutMs = 10_000, stop }: Needs) => {
  async function addressOf(host: string): Promise<string> {
    const literal = host.replace(/^\[|\]$/g, '')
    const addresses = ipaddr.isValid(literal) ? [literal] : await resolve(host)
    const [first] = addresses
    if (first === undefined) throw new Error('the host has no address')
    if (!allowPrivate && !addresses.every(isPublic))
      throw new Error('the host leads into a private network; see SNUG_WEBHOOK_PRIVATE')
    return first
  }

  return async (url: string, headers: Record<string, string>, body: string): Promise<Outcome> => {
    try {
      const { protocol, hostname, host, port, pathname, search } = new URL(url)
      const address = await within(timeoutMs, addressOf(hostname))
      const at = `${address.includes(':') ? `[${address}]` : address}${port && `:${port}`}`
      const request = {
        method: 'POST',
        headers: { ...headers, Host: host },
        body,
        redirect: 'manual',
        tls: { serverName: hostname },
        timeoutMs,
        stop,
      } as const
      const { status, ok } = await withAnswer(
        `${protocol}//${at}${pathname}${search}`,
        request,
        discard,
      )
      return { status, problem: ok ? null : `answered ${status}` }
    } catch (error) {
      return { status: null, problem: (error as Error).message.slice(0, 200) }
    }
  }
}

/** Whether everybody could reach an address: neither loopback nor private, link-local or reserved. */
export const isPublic = (address: string) =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'

const within = <T>(ms: number, work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    new Promise<never>((_, reject) =>
      setTimeout(() => reject(new Error('the host was not found in time')), ms).unref(),
    ),
  ])

/** Reads a little, so that the other side can finish; what it says is of no interest. */
async function discard(answer: Response): Promise<Response> {
  let size = 0
  for await (const chunk of answer.body ?? []) {
    size += chunk.byteLength
    if (size > mostRead) break
  }
  return answer
}
