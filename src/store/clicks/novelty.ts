import { minute } from '../../time'
/** New texts, and new combinations of them, that the clicks of one minute may bring. */
export const mostNewPerMinute = 1000

/**
 * Counts what is new in a minute, by the clicks' own time: anybody can send names that nobody ever had,
 * and what is added stays for as long as a click refers to it.
 */
export const createNovelty = () => {
  let begun = Number.NaN
  let texts = 0
  let profiles = 0

  const beginAt = (start: number) => {
    begun = start
    texts = 0
    profiles = 0
  }

  return {
    /** Says when a click was: another minute begins counting afresh. */
    beginMinute(at: number) {
      const start = Math.floor(at / minute)
      if (start !== begun) beginAt(start)
    },
    /** Takes a new text; false when there were enough. */
    takeText: () => texts < mostNewPerMinute && texts++ >= 0,
    /** Takes a new combination; false when there were enough. */
    takeProfile: () => profiles < mostNewPerMinute && profiles++ >= 0,
    /** Counts afresh: what was counted was undone. */
    forget: () => beginAt(Number.NaN),
  }
}
