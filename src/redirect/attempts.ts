import { type Buckets, bounds, type Passwords } from '../core'
import { hour, minute } from '../http'

/** How often a password may be wrong. */
const failureLimits = {
  /** for a link from one address */
  address: { max: 5, per: minute },
  /** for a link from anywhere */
  link: { max: 100, per: hour },
} as const

/** What came of a password: `wait`, in ms, when too many were wrong to even look at this one. */
export type Verdict = 'right' | 'wrong' | { wait: number }

type Attempt = { linkId: number; hash: string; network: string; password: string }

/**
 * Tries passwords on links, for each link one after the other: what is counted before one is tried
 * then includes all that were wrong, however many come at once.
 */
export const createAttempts = ({
  buckets,
  passwords,
}: {
  buckets: Buckets
  passwords: Passwords
}) => {
  const last = new Map<number, Promise<unknown>>()

  const tryOne = async ({ linkId, hash, network, password }: Attempt): Promise<Verdict> => {
    const windows = [
      { name: `unlock ${linkId} ${network}`, ...failureLimits.address },
      { name: `unlock ${linkId}`, ...failureLimits.link },
    ]
    const wait = Math.max(...buckets.look(windows).map((level) => level.wait))
    if (wait > 0) return { wait }
    const possible = password !== '' && password.length <= bounds.passwordMost
    if (possible && (await passwords.verify(password, hash))) return 'right'
    buckets.take(windows)
    return 'wrong'
  }

  /** Judges a password, after all that came for this link before. */
  return (attempt: Attempt): Promise<Verdict> => {
    const { linkId } = attempt
    const verdict = (last.get(linkId) ?? Promise.resolve()).then(() => tryOne(attempt))
    const done = verdict
      .catch(() => undefined)
      .then(() => {
        if (last.get(linkId) === done) last.delete(linkId)
      })
    last.set(linkId, done)
    return verdict
  }
}
