/** How long the database may refuse writes before the program calls itself ill, in ms. */
const patience = 10_000

/** Watches whether writes are accepted; `observe` is called every second. */
export const createHealth = (
  clock: { monotonic: () => number },
  refusing: () => boolean,
  probe: () => Promise<unknown>,
) => {
  let since: number | null = null
  return {
    /** Looks again; a database that refused is tried once more, in case nobody else writes. */
    async observe() {
      if (refusing()) await probe().catch(() => {})
      if (refusing()) since ??= clock.monotonic()
      else since = null
    },
    /** False once writes have been refused for ten seconds. */
    healthy: () => since === null || clock.monotonic() - since < patience,
  }
}
