import { stat } from 'node:fs/promises'
import type { Blocklist, BlocklistSource } from '../core'
import { bodyOf, withAnswer } from '../net'
import { hour, minute } from '../time'
import { linesOf } from './lines'

type Needs = {
  blocklist: Pick<Blocklist, 'load' | 'noteSources'>
  /** paths and URLs of lists */
  sources: readonly string[]
  clock: { now: () => number }
  log: { warning: (message: string, properties?: Record<string, unknown>) => void }
}

/** How long a fetched list is good for, and how long fetching it may take, in ms. */
const freshFor = 6 * hour
const patience = minute

/** Redirects followed when a list is fetched. */
const mostHops = 3

/** The lists of `SNUG_BLOCKLIST`: files are read when they change, URLs every six hours. */
export const createLists = ({ blocklist, sources, clock, log }: Needs) => {
  const known = new Map(sources.map((source) => [source, neverRead(source)]))
  const versions = new Map<string, string>()

  const note = (state: BlocklistSource) => {
    known.set(state.source, state)
    blocklist.noteSources([...known.values()])
  }

  const isFresh = ({ source, readAt, problem }: BlocklistSource, version: string) => {
    if (readAt === null || problem !== null) return false
    return isUrl(source)
      ? clock.now() - readAt.getTime() < freshFor
      : versions.get(source) === version
  }

  /** Reads one list; one that can't be read keeps its earlier state. */
  async function read(source: string) {
    const before = known.get(source) ?? neverRead(source)
    try {
      const version = isUrl(source) ? '' : await versionOf(source)
      if (isFresh(before, version)) return
      const load = (bytes: AsyncIterable<Uint8Array>) => blocklist.load(source, linesOf(bytes))
      const entries = isUrl(source) ? await fetched(source, load) : await load(streamOf(source))
      versions.set(source, version)
      note({ source, entries, readAt: new Date(clock.now()), problem: null })
    } catch (error) {
      const problem = String(error instanceof Error ? error.message : error)
      log.warning('the blocklist {source} can’t be read: {problem}', { source, problem })
      note({ ...before, problem })
    }
  }

  const [urls, files] = [sources.filter(isUrl), sources.filter((source) => !isUrl(source))]
  blocklist.noteSources([...known.values()])
  return {
    /** Reads the files; what has to be fetched comes later. */
    async start() {
      await Promise.all(files.map(read))
      void Promise.all(urls.map(read))
    },

    /** Reads again whatever may have changed. */
    refresh: () => Promise.all(sources.map(read)),
  }
}

const neverRead = (source: string): BlocklistSource => ({
  source,
  entries: 0,
  readAt: null,
  problem: null,
})

const isUrl = (source: string) => /^https?:\/\//i.test(source)

/** Changes when a file does. */
async function versionOf(path: string) {
  const { mtimeMs, size } = await stat(path)
  return `${mtimeMs} ${size}`
}

const streamOf = (path: string): AsyncIterable<Uint8Array> => Bun.file(path).stream()

type Load = (bytes: AsyncIterable<Uint8Array>) => Promise<number>

/** Loads the list behind a URL; redirects lead to http and https only, a few times. */
async function fetched(source: string, load: Load): Promise<number> {
  const stop = AbortSignal.timeout(patience)
  let url = source
  for (let hop = 0; hop <= mostHops; hop++) {
    const request = { redirect: 'manual', timeoutMs: patience, stop } as const
    const outcome = await withAnswer(url, request, (answer) => loadOrMove(answer, load))
    if (typeof outcome === 'number') return outcome
    url = new URL(outcome, url).href
    if (!isUrl(url)) throw new Error('redirects to something that is no web address')
  }
  throw new Error('redirects too often')
}

/** Loads what an answer holds, or returns where it says to look instead. */
async function loadOrMove(answer: Response, load: Load): Promise<number | string> {
  const { status, headers } = answer
  const next = status >= 300 && status < 400 ? headers.get('location') : null
  if (next !== null) return next
  if (!answer.ok || answer.body === null) throw new Error(`answers with ${status}`)
  return load(bodyOf(answer))
}
