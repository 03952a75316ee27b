/** How long the program waits for unfinished work when it stops, in ms; a mail server may never answer. */
const longestWait = 5000

export type Background = ReturnType<typeof createBackground>

/** Work that goes on after the answer; what fails is told, not thrown. */
export const createBackground = (failed: (error: unknown) => void) => {
  const underWay = new Set<Promise<void>>()

  const watch = (work: Promise<unknown>): void => {
    const watched: Promise<void> = work
      .then(() => {}, failed)
      .finally(() => underWay.delete(watched))
    underWay.add(watched)
  }

  /** Resolves when nothing is under way, what other work began included. */
  async function finish() {
    while (underWay.size > 0) await Promise.all(underWay)
  }

  return {
    /** Goes on with work that has begun. */
    watch,

    /** Begins work once the answers of this turn are on their way. */
    begin(work: () => Promise<unknown>): void {
      watch(new Promise((resolve) => setImmediate(resolve)).then(work))
    },

    /** Waits until all of it is done, but not for ever. */
    async drain(): Promise<void> {
      let timer: Timer | undefined
      const enough = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, longestWait)
      })
      await Promise.race([finish(), enough])
      clearTimeout(timer)
    },
  }
}
