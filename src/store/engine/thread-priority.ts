import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'

/** Nicer than the rest of the program by this much: where cores are few, redirects go first. */
const niceness = 10

/** Lets the calling thread yield to the others; where threads have no priority of their own it does nothing. */
export const lowerThreadPriority = () => {
  try {
    const thread = readlinkSync('/proc/thread-self').split('/').at(-1)
    setPriority(Number(thread), niceness)
  } catch {
    // not Linux, or not allowed: questions then compete as equals
  }
}
