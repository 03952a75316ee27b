/** How long work on the serving thread goes on in one go, in ms: redirects have their turn between. */
export const sliceMs = 5

/** Repeats a small step until it finds nothing to do or the slice is over; returns whether there may be more. */
export function repeatInSlice(
  step: () => boolean,
  now: () => number = () => performance.now(),
): boolean {
  const end = now() + sliceMs
  while (step()) if (now() >= end) return true
  return false
}
