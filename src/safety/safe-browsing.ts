import { LRUCache } from 'lru-cache'
import { readBytes, withAnswer } from '../net'

type Needs = {
  /** null: nobody is asked */
  key: string | null
  version: string
  clock: { now: () => number; monotonic: () => number }
  log: { warning: (message: string, properties?: Record<string, unknown>) => void }
  /** where the API is; a test puts its own there */
  base?: string
}

/** How long Google may take, and how long nobody asks it after it could not be asked, in ms. */
const patience = 1500
const pause = 30_000

/** Unsafe addresses that are remembered, and for how long when Google does not say. */
const mostKnown = 10_000
const defaultLifetime = 300_000

/** Addresses that one question may hold. */
const mostAtOnce = 500

/** Largest answer that is read, in bytes. */
const largestAnswer = 2 ** 20

type Answer = { matches?: { threat?: { url?: string }; cacheDuration?: string }[] }

type Waiting = { url: string; settle: (unsafe: boolean) => void }

/**
 * Makes a function that asks Google Safe Browsing (v4) whether an address is unsafe; addresses of one
 * turn of the event loop are asked together. When it can't be asked the answer is no, and the log says so.
 */
export const createSafeBrowsing = ({ key, version, clock, log, ...given }: Needs) => {
  const { base = 'https://safebrowsing.googleapis.com' } = given
  const known = new LRUCache<string, number>({ max: mostKnown })
  let silentUntil = 0
  let waiting: Waiting[] = []

  async function ask(urls: readonly string[], key: string): Promise<ReadonlySet<string>> {
    const at = `${base}/v4/threatMatches:find?key=${encodeURIComponent(key)}`
    const request = {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(question(urls, version)),
      timeoutMs: patience,
      redirect: 'error',
    } as const
    const { matches = [] } = await withAnswer(at, request, readAnswer)
    const unsafe = new Set<string>()
    for (const { threat, cacheDuration = '' } of matches) {
      const seconds = Number.parseFloat(cacheDuration)
      const url = threat?.url ?? ''
      known.set(url, clock.now() + (seconds > 0 ? seconds * 1000 : defaultLifetime))
      unsafe.add(url)
    }
    return unsafe
  }

  const failed = (error: unknown): ReadonlySet<string> => {
    const reason = error instanceof Error ? error.message : String(error)
    if (clock.monotonic() >= silentUntil)
      log.warning('Safe Browsing can’t be asked, links are not checked by it: {reason}', { reason })
    silentUntil = clock.monotonic() + pause
    return new Set()
  }

  const flush = (key: string) => {
    const all = waiting
    waiting = []
    for (let from = 0; from < all.length; from += mostAtOnce) {
      const some = all.slice(from, from + mostAtOnce)
      void ask([...new Set(some.map(({ url }) => url))], key)
        .catch(failed)
        .then((unsafe) => {
          for (const { url, settle } of some) settle(unsafe.has(url))
        })
    }
  }

  return async (url: string): Promise<boolean> => {
    if (key === null) return false
    if ((known.get(url) ?? 0) > clock.now()) return true
    if (clock.monotonic() < silentUntil) return false
    return new Promise((settle) => {
      waiting.push({ url, settle })
      if (waiting.length === 1) setImmediate(flush, key)
    })
  }
}

async function readAnswer(answer: Response): Promise<Answer> {
  if (!answer.ok) throw new Error(`it answers with ${answer.status}`)
  return JSON.parse(new TextDecoder().decode(await readBytes(answer, largestAnswer)))
}

const question = (urls: readonly string[], version: string) => ({
  client: { clientId: 'snug', clientVersion: version },
  threatInfo: {
    threatTypes: ['MALWARE', 'SOCIAL_ENGINEERING', 'UNWANTED_SOFTWARE'],
    platformTypes: ['ANY_PLATFORM'],
    threatEntryTypes: ['URL'],
    threatEntries: urls.map((url) => ({ url })),
  },
})
