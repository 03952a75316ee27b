/** How long work on the serving thread goes on in one go, in ms: redirects have their turn between. */
export const sliceMs = 1

type Now = () => number

const sinceStart: Now = () => performance.now()

/** who goes on next: one piece of long work in each turn of the event loop, however many are under way */
let last: Promise<void> = Promise.resolve()

/** Resolves after redirects, and all long work that gave way before, have had their turn. */
export const giveWay = (): Promise<void> => {
  last = last.then(() => new Promise((resolve) => setImmediate(resolve)))
  return last
}

/**
 * Makes `pause()`, called after each step of long work: resolves at once until a slice is over, what the
 * step left for later included, then after redirects and other long work have had their turn.
 */
export const createPauses = (now: Now = sinceStart) => {
  let end = now() + sliceMs
  return async (): Promise<void> => {
    if (now() < end) return
    await giveWay()
    end = now() + sliceMs
  }
}

/** Repeats a small step until it finds nothing to do or the slice is over; returns whether there may be more. */
export function repeatInSlice(step: () => boolean, now: Now = sinceStart): boolean {
  const end = now() + sliceMs
  while (step()) if (now() >= end) return true
  return false
}
