/** The real time and chance, handed to everything that needs them. */
export const clock = { now: Date.now, monotonic: () => performance.now() }
export const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))
