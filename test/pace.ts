const count = 20_000_000

/** How long a machine at rest counts that far, on which the bounds of these tests were chosen, in ms. */
const atRest = 25

/** Returns how many times longer than there and then counting takes here and now; at least 1. */
export const slowness = (): number => {
  const times = Array.from({ length: 3 }, () => {
    const begin = performance.now()
    let sum = 0
    for (let number = 0; number < count; number++) sum = (Math.imul(sum, 31) + number) | 0
    return performance.now() - begin + (sum === 1 ? 1 : 0)
  })
  return Math.max(1, Math.min(...times) / atRest)
}
