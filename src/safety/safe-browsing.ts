import { LRUCache } from 'lru-cache'

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

type Answer = { matches?: { cacheDuration?: string }[] }

/**
 * Asks Google Safe Browsing (v4) whether an address is unsafe. When it can't be asked the answer is no,
 * and the log says so.
 */
export const createSafeBrowsing = ({ key, version, clock, log, ...given }: Needs) => {
  const { base = 'https://safebrowsing.googleapis.com' } = given
  const known = new LRUCache<string, number>({ max: mostKnown })
  let silentUntil = 0

  const ask = async (url: string, key: string): Promise<boolean> => {
    const answer = await fetch(`${base}/v4/threatMatches:find?key=${encodeURIComponent(key)}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(question(url, version)),
      signal: AbortSignal.timeout(patience),
      redirect: 'error',
    })
    if (!answer.ok) throw new Error(`it answers with ${answer.status}`)
    const [match] = ((await answer.json()) as Answer).matches ?? []
    if (match === undefined) return false
    const seconds = Number.parseFloat(match.cacheDuration ?? '')
    known.set(url, clock.now() + (seconds > 0 ? seconds * 1000 : defaultLifetime))
    return true
  }

  return async (url: string): Promise<boolean> => {
    if (key === null) return false
    if ((known.get(url) ?? 0) > clock.now()) return true
    if (clock.monotonic() < silentUntil) return false
    try {
      return await ask(url, key)
    } catch (error) {
      silentUntil = clock.monotonic() + pause
      const reason = error instanceof Error ? error.message : String(error)
      log.warning('Safe Browsing can’t be asked, links are not checked by it: {reason}', { reason })
      return false
    }
  }
}

const question = (url: string, version: string) => ({
  client: { clientId: 'snug', clientVersion: version },
  threatInfo: {
    threatTypes: ['MALWARE', 'SOCIAL_ENGINEERING', 'UNWANTED_SOFTWARE'],
    platformTypes: ['ANY_PLATFORM'],
    threatEntryTypes: ['URL'],
    threatEntries: [{ url }],
  },
})
