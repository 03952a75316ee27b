import { bounds } from '../bounds'
import {
  type Buckets,
  type Clock,
  Fault,
  hashSecret,
  longestPasswordWait,
  type Passwords,
} from '../core'
import { hour, minute } from '../time'

/** How often a password may be wrong. */
const failureLimits = {
  /** for a link from one address */
  address: { max: 5, per: minute },
  /** for a link from anywhere */
  link: { max: 100, per: hour },
} as const

/**
 * What came of a password: `wait`, in ms, when too many were wrong to even look at this one; `busy`, in
 * seconds, when too many wait to be looked at.
 */
export type Verdict = 'right' | 'wrong' | { wait: number } | { busy: number }

/** Attempts on all links that may be under way. */
const mostUnderWay = 1000

type Attempt = { linkId: number; hash: string; network: string; password: string }

/**
 * Tries passwords on links, for each link one after the other: what is counted before one is tried
 * then includes all that were wrong, however many come at once. A right one is hashed once for all who
 * stand in the line with it.
 */
export const createAttempts = ({
  buckets,
  passwords,
  clock,
}: {
  buckets: Buckets
  passwords: Passwords
  clock: Clock
}) => {
  const last = new Map<number, Promise<unknown>>()
  /** what was right for links whose attempts have not ended, as a hash */
  const right = new Map<number, string>()
  let underWay = 0

  async function tryOne(attempt: Attempt, since: number): Promise<Verdict> {
    const { linkId, hash, network, password } = attempt
    const windows = [
      { name: `unlock ${linkId} ${network}`, ...failureLimits.address },
      { name: `unlock ${linkId}`, ...failureLimits.link },
    ]
    const wait = Math.max(...buckets.look(windows).map((level) => level.wait))
    if (wait > 0) return { wait }
    const proof = hashSecret(`${hash} ${password}`)
    if (right.get(linkId) === proof) return 'right'
    const possible = password !== '' && password.length <= bounds.passwordMost
    if (clock.monotonic() - since > longestPasswordWait) return { busy: 1 }
    if (possible && (await passwords.verify('unlock', password, hash, since))) {
      right.set(linkId, proof)
      return 'right'
    }
    buckets.take(windows)
    return 'wrong'
  }

  /** Judges a password, after all that came for this link before. */
  return (attempt: Attempt): Promise<Verdict> => {
    if (underWay >= mostUnderWay) return Promise.resolve({ busy: 1 })
    underWay++
    const { linkId } = attempt
    const since = clock.monotonic()
    const verdict = (last.get(linkId) ?? Promise.resolve())
      .then(() => tryOne(attempt, since))
      .catch(busyOnly)
    const done = verdict
      .catch(() => undefined)
      .then(() => {
        underWay--
        if (last.get(linkId) !== done) return
        last.delete(linkId)
        right.delete(linkId)
      })
    last.set(linkId, done)
    return verdict
  }
}

const busyOnly = (error: unknown): Verdict => {
  if (error instanceof Fault && error.kind === 'passwords_busy')
    return { busy: error.detail.seconds ?? 1 }
  throw error
}
