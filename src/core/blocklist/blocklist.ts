import type { Store } from '../../store'
import { Fault } from '../fault'
import { createPauses, inSlices } from '../slices'
import { judgeEntry, namesOf, readEntry, readLine } from './entries'
import { collectHashes, type HashSet } from './hash-set'

/** Where the administrator's own entries lie in the store. */
const row = 'blocklist'

/** Most entries an administrator keeps by hand; longer lists are files. */
const mostEntries = 20_000

/** A list that was read from somewhere, and why it could not be read last time; null: it could. */
export type BlocklistSource = {
  source: string
  entries: number
  readAt: Date | null
  problem: string | null
}

export type Blocklist = Awaited<ReturnType<typeof createBlocklist>>

/** Destinations nobody may link to: the administrator's own entries, and lists that are read from elsewhere. */
export async function createBlocklist(store: Store) {
  let entries = readStored(await store.settings.get(row))
  let own = await setOf(entries)
  const lists = new Map<string, HashSet>()
  let sources: readonly BlocklistSource[] = []

  return {
    /** Whether a destination is listed: its page, its host, or anything that this is a part of. */
    isListed: (href: string): boolean => {
      if (own.size === 0 && lists.size === 0) return false
      const names = namesOf(href)
      const isIn = (set: HashSet) => names.some(set.has)
      return isIn(own) || [...lists.values()].some(isIn)
    },

    /** The administrator's own entries. */
    entries: () => entries,

    /** Puts entries in the place of the administrator's own. Fault: `input_invalid`. */
    async replace(texts: readonly string[]) {
      const fresh = [...new Set(texts.map((text) => text.trim()))]
      if (fresh.length > mostEntries) throw refusal(`must be at most ${mostEntries}`)
      await inSlices(fresh, (text) => {
        const judged = judgeEntry(text)
        if ('flaw' in judged) throw refusal(`${JSON.stringify(text.slice(0, 100))} ${judged.flaw}`)
      })
      const set = await setOf(fresh)
      await store.settings.put(row, fresh)
      ;[entries, own] = [fresh, set]
    },

    /** Puts a list that was read from elsewhere in the place of its earlier state; answers how long it is. */
    async load(source: string, lines: AsyncIterable<string>): Promise<number> {
      const texts = collectHashes()
      const pause = createPauses()
      for await (const line of lines) {
        for (const name of readLine(line)) texts.add(name)
        await pause()
      }
      const list = await texts.finish()
      lists.set(source, list)
      return list.size
    },

    /** How the lists from elsewhere stand. */
    sources: () => sources,

    /** Notes how the lists from elsewhere stand. */
    noteSources: (noted: readonly BlocklistSource[]) => {
      sources = noted
    },
  }
}

async function setOf(entries: readonly string[]): Promise<HashSet> {
  const texts = collectHashes()
  await inSlices(entries, (entry) => texts.add(readEntry(entry) ?? entry))
  return texts.finish()
}

const refusal = (reason: string) => new Fault('input_invalid', { field: 'entries', reason })

const readStored = (stored: unknown): readonly string[] =>
  Array.isArray(stored) ? stored.filter((entry) => typeof entry === 'string') : []
