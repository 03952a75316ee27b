import type { Database } from 'bun:sqlite'

/** The row of `settings` that counts rounds: odd while one is under way. */
const row = 'texts.round'

/**
 * Lets several processes store clicks while one of them sweeps texts: whoever stores ends somebody else's
 * round, and learns that texts it remembers may be gone. Everything here runs inside a transaction.
 */
export const createRounds = (sqlite: Database) => {
  const read = sqlite.prepare<{ value: string }, [string]>(
    'SELECT value FROM settings WHERE name = ?',
  )
  const put = sqlite.prepare(
    'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  )
  let seen = -1
  let mine = -1

  const current = () => Number(read.get(row)?.value ?? 0)

  const moveTo = (round: number) => {
    put.run(row, String(round))
    seen = round
  }

  return {
    /** Called before a batch is stored; true when rows may have been deleted since the one before. */
    joinStoring(): boolean {
      const round = current()
      if (round === seen) return false
      if (round % 2 === 1 && round !== mine) moveTo(round + 1)
      else seen = round
      return true
    },
    /** Begins a round; one that somebody else has under way is over. */
    begin() {
      const round = current()
      mine = round % 2 === 1 ? round + 2 : round + 1
      moveTo(mine)
    },
    /** Whether nobody else has stored clicks since this round began. */
    isUndisturbed: () => current() === mine,
    /** Ends it; returns whether it was undisturbed to the end. */
    end(): boolean {
      const isWhole = current() === mine
      if (isWhole) moveTo(mine + 1)
      mine = -1
      return isWhole
    },
  }
}
