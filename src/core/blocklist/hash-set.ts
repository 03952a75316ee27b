import { createPauses } from '../slices'

/** A set of texts that can only be asked. */
export type HashSet = { size: number; has: (text: string) => boolean }

/** 53 bits of a text, never 0: what a number holds exactly. */
const hash = (text: string): number =>
  Bun.hash.xxHash32(text, 1) * 2 ** 21 + (Bun.hash.xxHash32(text, 2) >>> 11) || 1

/**
 * Collects texts into a set that keeps only 53 bits of each, in a table at most half full: 16 MB for a
 * million. A text that was never added is found with a chance of one in a billion.
 */
export const collectHashes = () => {
  let hashes = new Float64Array(1024)
  let count = 0

  const grow = () => {
    const wider = new Float64Array(hashes.length * 2)
    wider.set(hashes)
    hashes = wider
  }

  return {
    add: (text: string) => {
      if (count === hashes.length) grow()
      hashes[count++] = hash(text)
    },

    /** Builds the set; lets other work go on meanwhile. */
    async finish(): Promise<HashSet> {
      const table = new Float64Array(2 ** Math.ceil(Math.log2(Math.max(1, count) * 2)))
      let size = 0
      const pause = createPauses()
      for (let at = 0; at < count; at++) {
        const wanted = hashes[at] ?? 1
        const slot = slotOf(table, wanted)
        if (table[slot] !== wanted) size++
        table[slot] = wanted
        if (at % 1000 === 999) await pause()
      }
      return {
        size,
        has: (text) => {
          const wanted = hash(text)
          return table[slotOf(table, wanted)] === wanted
        },
      }
    },
  }
}

/** Where a hash stands in a table, or would stand: its own slot or the next free one. */
const slotOf = (table: Float64Array, wanted: number): number => {
  const last = table.length - 1
  let slot = wanted & last
  while (table[slot] !== 0 && table[slot] !== wanted) slot = (slot + 1) & last
  return slot
}
