import type { Connection } from '../engine/connect'
import { atomically } from '../engine/transaction'
import type { Dictionary, UsedIds } from './dictionary'
import type { createRounds } from './sweep-rounds'

/** Clicks looked at, and rows judged, in one go: others write in between. */
const mostClicks = 10_000
const mostRows = 2000

type Needs = { ids: Dictionary; rounds: ReturnType<typeof createRounds>; wait: number }

/** A click's place in the order of `clicks`. */
type Place = [linkId: number, atMs: number, seq: number]

const beforeAll: Place = [0, 0, -1]

/**
 * Deletes profiles and texts that no click refers to: first all clicks are looked at, a few at a time,
 * then whatever was neither found nor given to a click meanwhile is deleted.
 */
export const textSweep = (connection: Connection, { ids, rounds, wait }: Needs) => {
  const { sqlite } = connection
  const steps = prepare(connection)
  let underWay: Promise<number> | null = null
  let ended = false
  /** whether clicks were deleted since the latest whole round; at first nobody knows */
  let isDue = true

  const write = <T>(work: () => T): T => atomically(sqlite, wait, work)
  const pause = () => Bun.sleep(1)

  async function markClicks(used: UsedIds) {
    for (let from: Place | null = beforeAll; from !== null && !ended; await pause()) {
      for (const { profile, referrer } of steps.clicksAfter(from)) {
        used.profiles.add(profile)
        used.texts.add(referrer)
      }
      from = steps.placeAfter(from)
    }
  }

  async function markProfiles(used: UsedIds) {
    for (let after = 0, length = mostRows; length === mostRows && !ended; await pause()) {
      const rows = steps.profilesAfter(after)
      for (const { id, ...texts } of rows) {
        after = id
        for (const text of Object.values(texts)) used.texts.add(text)
      }
      length = rows.length
    }
  }

  /** Deletes what `judge` finds unused, piece by piece; `judge` returns null after the last one. */
  async function deletePieces(table: 'profiles' | 'dictionary', judge: () => number[] | null) {
    let deleted = 0
    for (; !ended; await pause()) {
      const unused = write(() => {
        const found = rounds.isUndisturbed() ? judge() : null
        if (found !== null && found.length > 0) steps.remove(table, found)
        return found
      })
      if (unused === null) break
      if (unused.length > 0) ids.forget()
      deleted += unused.length
    }
    return deleted
  }

  const sweepProfiles = (used: UsedIds, newest: number) => {
    let after = 0
    return deletePieces('profiles', () => {
      const rows = steps.profilesAfter(after).filter(({ id }) => id <= newest)
      after = rows.at(-1)?.id ?? newest
      return notIn(used.profiles, rows)
    })
  }

  /** From the newest one down: an origin is judged before its domain, which was there first. */
  const sweepTexts = (used: UsedIds, newest: number) => {
    let before = newest + 1
    return deletePieces('dictionary', () => {
      const rows = steps.textsBefore(before)
      before = rows.at(-1)?.id ?? 0
      for (const { id, domainId } of rows)
        if (domainId !== null && used.texts.has(id)) used.texts.add(domainId)
      return notIn(used.texts, rows)
    })
  }

  async function sweep(): Promise<number> {
    const used = ids.watch()
    isDue = false
    try {
      const newest = write(() => {
        rounds.begin()
        return steps.newest()
      })
      await markClicks(used)
      const profiles = await sweepProfiles(used, newest.profiles)
      await markProfiles(used)
      return profiles + (await sweepTexts(used, newest.texts))
    } finally {
      ids.unwatch()
      isDue = !write(rounds.end) || isDue
    }
  }

  return {
    /** Must follow the deletion of clicks, whose texts may be used no more. */
    noteDeletion() {
      isDue = true
    },

    /**
     * Sweeps, if clicks were deleted since the last time; returns how many rows went. Another process that
     * stores clicks meanwhile ends it early.
     */
    async sweepTexts(): Promise<number> {
      if (!isDue && underWay === null) return 0
      underWay ??= sweep().finally(() => {
        underWay = null
      })
      return underWay
    },

    /** Ends what is under way, for the program stops. */
    async endSweep(): Promise<void> {
      ended = true
      await underWay?.catch(() => {})
    },
  }
}

/** The ids of rows that are not used; null when there are no rows. */
const notIn = (used: ReadonlySet<number>, rows: readonly { id: number }[]): number[] | null =>
  rows.length === 0 ? null : rows.map(({ id }) => id).filter((id) => !used.has(id))

type ProfileRow = Record<
  'id' | 'country' | 'browser' | 'os' | 'device' | 'language' | 'bot',
  number
>

const prepare = ({ sqlite }: Connection) => {
  const after = 'FROM clicks WHERE (link_id, at_ms, seq) > (?, ?, ?) ORDER BY link_id, at_ms, seq'
  const some = sqlite.prepare<{ profile: number; referrer: number }, Place>(
    `SELECT DISTINCT profile, referrer FROM (SELECT profile, referrer ${after} LIMIT ${mostClicks})`,
  )
  const last = sqlite.prepare<{ link_id: number; at_ms: number; seq: number }, Place>(
    `SELECT link_id, at_ms, seq ${after} LIMIT 1 OFFSET ${mostClicks - 1}`,
  )
  const profiles = sqlite.prepare<ProfileRow, [number]>(
    `SELECT id, country, browser, os, device, language, bot FROM profiles WHERE id > ? ORDER BY id LIMIT ${mostRows}`,
  )
  const texts = sqlite.prepare<{ id: number; domainId: number | null }, [number]>(
    `SELECT id, domain_id AS domainId FROM dictionary WHERE id < ? ORDER BY id DESC LIMIT ${mostRows}`,
  )
  const newest = sqlite.prepare<{ profiles: number; texts: number }, []>(
    `SELECT (SELECT coalesce(max(id), 0) FROM profiles) AS profiles,
      (SELECT coalesce(max(id), 0) FROM dictionary) AS texts`,
  )
  return {
    clicksAfter: (place: Place) => some.all(...place),
    placeAfter: (place: Place): Place | null => {
      const row = last.get(...place)
      return row === null ? null : [row.link_id, row.at_ms, row.seq]
    },
    profilesAfter: (id: number) => profiles.all(id),
    textsBefore: (id: number) => texts.all(id),
    newest: () => newest.get() ?? { profiles: 0, texts: 0 },
    remove: (table: 'profiles' | 'dictionary', ids: readonly number[]) =>
      sqlite.run(`DELETE FROM ${table} WHERE id IN (SELECT value FROM json_each(?))`, [
        JSON.stringify(ids),
      ]),
  }
}
