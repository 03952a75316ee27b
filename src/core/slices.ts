import { createPauses, giveWay } from '../store'

export { createPauses, giveWay }

/** Takes each item by itself; the thread that also answers redirects gets its turn after every slice. */
export async function inSlices<T>(
  items: Iterable<T>,
  take: (item: T) => void,
  now?: () => number,
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
