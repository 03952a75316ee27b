/** Who holds clicks that are not stored yet. */
export type ClickHolder = {
  /** how many it holds, by link */
  count: () => ReadonlyMap<number, number>
  /** resolves when those of now are stored, or can't be */
  drain: () => Promise<void>
}

/** Clicks that were followed and are stored within the next second: a ceiling counts them, too. */
export const createUnstored = () => {
  let holder: ClickHolder | null = null
  return {
    /** Names who holds them from now on. */
    heldBy(holding: ClickHolder): void {
      holder = holding
    },

    /** Returns how many clicks of each link wait, as of now. */
    count: (): ReadonlyMap<number, number> => holder?.count() ?? new Map(),

    /** Waits until what is held now is stored; a database that refuses is not waited for. */
    drain: (): Promise<void> => holder?.drain() ?? Promise.resolve(),
  }
}
