import type { Clock } from '../clock'
import { Fault } from '../fault'

/** Who waits for a password to be hashed: people signing in, visitors of a locked link, new passwords of links. */
export type PasswordLine = 'signIn' | 'unlock' | 'newLink'

/** Each check holds 19 MiB; more at once would starve the machine. */
export const mostHashes = 4

/** How many may stand in each line. */
const mostWaiting: Record<PasswordLine, number> = { signIn: 64, unlock: 64, newLink: 32 }

/** Whose turn it is, again and again: people signing in twice as often as the others. */
const turns: readonly PasswordLine[] = ['signIn', 'unlock', 'signIn', 'newLink']

/** Nobody waits longer for a turn, in ms. */
export const longestPasswordWait = 1000

/** How long one takes until some have been measured, in ms. */
const firstGuess = 50

type Waiting = { since: number; go: () => void; refuse: (fault: Fault) => void }

/**
 * Makes `inTurn(line, work)`: a few at once in all, the others in three lines that take turns. Whoever finds
 * a line full, or would wait longer than a second, is refused at once: fault `passwords_busy`.
 */
export const createPasswordLines = (
  clock: Pick<Clock, 'monotonic'>,
  atOnce: number = mostHashes,
) => {
  const lines: Record<PasswordLine, Waiting[]> = { signIn: [], unlock: [], newLink: [] }
  let running = 0
  let turn = 0
  let usualMs = firstGuess

  const sharesOf = (wanted: (line: PasswordLine) => boolean) => turns.filter(wanted).length

  /** How long the next one in a line will wait, going by the latest ones. */
  const expectedMs = (line: PasswordLine) => {
    const share =
      sharesOf((one) => one === line) / sharesOf((one) => one === line || lines[one].length > 0)
    return ((lines[line].length + 1) * usualMs) / (atOnce * share)
  }

  const stand = (line: PasswordLine, since: number) => {
    const ahead = expectedMs(line)
    const isTooLong = clock.monotonic() - since + ahead > longestPasswordWait
    if (lines[line].length >= mostWaiting[line] || isTooLong) throw busy(ahead)
    return new Promise<void>((go, refuse) => lines[line].push({ since, go, refuse }))
  }

  /** Takes whoever is next; those who have waited too long by now are refused before. */
  const next = (): Waiting | undefined => {
    const due = clock.monotonic() - longestPasswordWait
    for (const [name, line] of Object.entries(lines))
      while (line[0] !== undefined && line[0].since < due)
        line.shift()?.refuse(busy(expectedMs(name as PasswordLine)))
    const at = turns.findIndex((_, n) => lines[lineAt(n)].length > 0)
    if (at < 0) return undefined
    const line = lineAt(at)
    turn = (turn + at + 1) % turns.length
    return lines[line].shift()
  }

  const lineAt = (n: number): PasswordLine => turns[(turn + n) % turns.length] ?? 'signIn'

  /** Runs work when it is its turn; `since` is when it began to wait, for whoever waited elsewhere before. */
  return async <T>(
    line: PasswordLine,
    work: () => Promise<T>,
    since = clock.monotonic(),
  ): Promise<T> => {
    if (running >= atOnce) await stand(line, since)
    else running++
    const begin = clock.monotonic()
    try {
      return await work()
    } finally {
      usualMs += (clock.monotonic() - begin - usualMs) / 8
      const one = next()
      if (one === undefined) running--
      else one.go()
    }
  }
}

const busy = (ms: number) =>
  new Fault('passwords_busy', { seconds: Math.max(1, Math.ceil(ms / 1000)) })
