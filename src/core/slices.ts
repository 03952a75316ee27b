import { sliceMs } from '../store'

type Now = () => number

const sinceStart: Now = () => performance.now()

/** who goes on next: one piece of long work in each turn of the event loop, however many are under way */
let last: Promise<void> = Promise.resolve()

const giveWay = (): Promise<void> => {
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

/** Takes each item by itself; the thread that also answers redirects gets its turn after every slice. */
export async function inSlices<T>(
  items: Iterable<T>,
  take: (item: T) => void,
  now: Now = sinceStart,
): Promise<void> {
  const pause = createPauses(now)
  for (const item of items) {
    take(item)
    await pause()
  }
}

/** Makes `inLine(work)`: works are done one after the other, so that long lists do not end, or begin, all at once. */
export const createLine = () => {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work)
    last = done.catch(() => {})
    return done
  }
}
