/** The cost that OWASP recommends for argon2id: some 40 ms on a small board. */
const cost = { algorithm: 'argon2id', memoryCost: 19_456, timeCost: 2 } as const

/** Each check holds 19 MiB; more at once would starve the machine. */
const mostAtOnce = 4

export type Passwords = ReturnType<typeof createPasswords>

/** Hashes and checks passwords, a few at a time, off the serving thread. */
export const createPasswords = () => {
  let running = 0
  const queue: (() => void)[] = []

  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= mostAtOnce) await new Promise<void>((resolve) => queue.push(resolve))
    else running++
    try {
      return await work()
    } finally {
      const next = queue.shift()
      if (next === undefined) running--
      else next()
    }
  }

  return {
    /** The hash to store for a password. */
    hash: (password: string): Promise<string> => inTurn(() => Bun.password.hash(password, cost)),
    /** Whether a password is the one behind a hash. */
    verify: (password: string, hash: string): Promise<boolean> =>
      inTurn(() => Bun.password.verify(password, hash)),
  }
}
