import type { Link, NewClick, Store } from '../store'
import type { Caller } from './caller'
import { ceilings } from './ceilings'
import { Fault } from './fault'
import { scopeOf } from './link-list'
import { accountOf } from './links'

/** A click that was just stored, with its link. */
export type LiveClick = { click: NewClick; link: Link }

type Listener = {
  accountId: number
  /** whose clicks; null: everybody's */
  scope: number | null
  tell: (clicks: readonly LiveClick[]) => void
  end: () => void
}

/** Clicks of one batch that are told of; a busier instance shows a sample of them. */
const mostTold = 100

/** Live clicks: told to whoever listens, as they are stored. Costs nothing while nobody does. */
export const createLive = (store: Store) => {
  const listeners = new Set<Listener>()

  const withLinks = async (clicks: readonly NewClick[]): Promise<LiveClick[]> => {
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

  return {
    /** Tells of stored clicks. */
    publish: async (clicks: readonly NewClick[]): Promise<void> => {
      if (listeners.size === 0) return
      const told = await withLinks(clicks.slice(-mostTold))
      for (const { scope, tell } of listeners) {
        const own = told.filter(
          ({ link }) => scope === null || link.ownerId === scope || link.boundTo === scope,
        )
        if (own.length > 0) tell(own)
      }
    },

    /** Listens to the caller's clicks until stopped. Faults: `key_missing`, `admin_required`, `rate_limited`. */
    listen: (
      caller: Caller,
      account: number | undefined,
      { tell, end }: Pick<Listener, 'tell' | 'end'>,
    ): (() => void) => {
      const accountId = accountOf(caller).id
      const own = [...listeners].filter((listener) => listener.accountId === accountId)
      if (own.length >= ceilings.streams.max) throw new Fault('rate_limited', { seconds: 60 })
      const listener = { accountId, scope: scopeOf(caller, account), tell, end }
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
