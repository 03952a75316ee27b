import type { Key, KeyUse, Store } from '../../store'
import type { Clock } from '../clock'

/** Counts the uses of keys in memory, so that no request waits for a write; a job stores them. */
export const keyUses = ({ store, clock }: { store: Store; clock: Clock }) => {
  let uses = new Map<number, KeyUse>()
  return {
    /** Notes that a key was used now. */
    note: (id: number) => {
      const use = uses.get(id) ?? { id, requests: 0, lastUsedAt: new Date(0) }
      use.requests++
      use.lastUsedAt = new Date(clock.now())
      uses.set(id, use)
    },

    /** How often a key was used since its uses were last stored. */
    unstored: (id: number): number => uses.get(id)?.requests ?? 0,

    /** A key with the uses that are not stored yet. */
    counted: (key: Key): Key => {
      const use = uses.get(key.id)
      if (use === undefined) return key
      const { requests, lastUsedAt } = use
      return { ...key, requestsCount: key.requestsCount + requests, lastUsedAt }
    },

    /** Stores what was noted; what can't be stored now is kept for the next time. */
    async flush() {
      const noted = [...uses.values()]
      if (noted.length === 0) return
      uses = new Map()
      try {
        await store.keys.countUses(noted)
      } catch (error) {
        for (const use of noted) uses.set(use.id, merge(use, uses.get(use.id)))
        throw error
      }
    },
  }
}

const merge = (earlier: KeyUse, later: KeyUse | undefined): KeyUse =>
  later === undefined ? earlier : { ...later, requests: earlier.requests + later.requests }
