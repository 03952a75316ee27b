import { sliceMs } from '../store'

type Now = () => number

const sinceStart: Now = () => performance.now()

/** Makes `pause()`: resolves at once until a slice is over, then after other work has had its turn. */
export const createPauses = (now: Now = sinceStart) => {
  let end = now() + sliceMs
  return async (): Promise<void> => {
    if (now() < end) return
    await new Promise((resolve) => setImmediate(resolve))
    end = now() + sliceMs
  }
}

/** Takes each item by itself; the thread that also answers redirects gets its turn after every slice. */
export async function inSlices<T>(
  items: Iterable<T>,
  take: (item: T) => void,
  now: Now = sinceStart,
): Promise<void> {
  let end = now() + sliceMs
  for (const item of items) {
    take(item)
    if (now() < end) continue
    await new Promise((resolve) => setImmediate(resolve))
    end = now() + sliceMs
  }
}
