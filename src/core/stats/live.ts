import type { Link, NewClick, Store } from '../../store'
import { accountsWith } from '../access'
import type { Caller } from '../caller'
import { Fault } from '../fault'
import { ceilings } from '../limits/ceilings'
import { accountOf } from '../links/create'
import { scopeOf } from '../links/list'

/** A click that was just stored, with its link. */
export type LiveClick = { click: NewClick; link: Link }

type Listener = {
  accountId: number
  /** whose clicks; null: everybody's */
  scope: number | null
  /** as it was asked for */
  account: number | undefined
} & Listening

/** What somebody who listens hands over. */
export type Listening = {
  tell: (clicks: readonly LiveClick[]) => void
  end: () => void
  /** who they are by now; null when they would be refused */
  identify: () => Promise<Caller | null>
}

/** Clicks of one batch that are told of; a busier instance shows a sample of them. */
const mostTold = 100

/** Live clicks: told to whoever listens, as they are stored. Costs nothing while nobody does. */
export const createLive = (store: Store) => {
  const listeners = new Set<Listener>()

  async function withLinks(clicks: readonly NewClick[]): Promise<LiveClick[]> {
    const known = new Map<number, Link | null>()
    const told: LiveClick[] = []
    for (const click of clicks) {
      const { linkId } = click
      if (!known.has(linkId)) known.set(linkId, (await store.links.counted(linkId))?.link ?? null)
      const link = known.get(linkId)
      if (link) told.push({ click, link })
    }
    return told
  }

  async function recheck(): Promise<void> {
    for (const [asked, listener] of [...listeners].entries()) {
      if (asked % 20 === 19) await new Promise((resolve) => setImmediate(resolve)) // redirects go between
      if (await mayGoOn(listener)) continue
      if (listeners.delete(listener)) listener.end() // else they left meanwhile
    }
  }

  return {
    /** Ends the streams of those who could not ask for them any more, by key, sign-in, account or role. */
    recheck,

    /** Tells of stored clicks whoever may still hear of them. */
    async publish(clicks: readonly NewClick[]): Promise<void> {
      await recheck()
      if (listeners.size === 0) return
      const told = await withLinks(clicks.slice(-mostTold))
      for (const { scope, tell } of listeners) {
        const own = told.filter(
          ({ link }) => scope === null || accountsWith('events', link).includes(scope),
        )
        if (own.length > 0) tell(own)
      }
    },

    /** Listens to the caller's clicks until stopped. Faults: `key_missing`, `admin_required`, `rate_limited`. */
    listen: (caller: Caller, account: number | undefined, listening: Listening): (() => void) => {
      const accountId = accountOf(caller).id
      const own = [...listeners].filter((listener) => listener.accountId === accountId)
      if (own.length >= ceilings.streams.max) throw new Fault('rate_limited', { seconds: 60 })
      const listener = { accountId, account, scope: scopeOf(caller, account), ...listening }
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },

    /** Ends every stream: the program stops. */
    close: () => {
      for (const { end } of listeners) end()
      listeners.clear()
    },
  }
}

/** Whether a listener would be let in again, to the same clicks; not when that can't be found out. */
async function mayGoOn({ accountId, scope, account, identify }: Listener): Promise<boolean> {
  const caller = await identify().catch(() => null)
  if (caller?.account?.id !== accountId) return false
  const isForeign = account !== undefined && account !== accountId
  if (isForeign && caller.account.role !== 'admin') return false
  return scopeOf(caller, account) === scope
}
