import { bounds } from '../../bounds'
import type { Link, Store } from '../../store'
import { isMaker, may } from '../access'
import type { Caller } from '../caller'
import type { Clock } from '../clock'
import { Fault } from '../fault'
import { accountOf, meantBy } from './create'

type Needs = { store: Store; clock: Clock; remove: (link: Link) => Promise<boolean> }

/** Deleting by whatever name a caller has for a link. Bound links stay: they are their makers'. */
export const linkRemoval = ({ store, clock, remove }: Needs) => {
  const byId = async (name: string): Promise<Link | null> =>
    /^\d{1,15}$/.test(name) ? ((await store.links.counted(Number(name)))?.link ?? null) : null

  /** Deletes whichever of some links the caller made. Faults: `link_missing`, `not_yours`. */
  const removeOwn = async (caller: Caller, found: readonly (Link | null)[]) => {
    accountOf(caller)
    const kept = found.filter((link) => link !== null).filter(({ deletedAt }) => deletedAt === null)
    const own = kept.find((link) => may('account', 'delete', caller, link, clock.now()))
    if (own !== undefined && (await remove(own))) return
    throw new Fault(own === undefined && kept.length > 0 ? 'not_yours' : 'link_missing')
  }

  return {
    /** Deletes a link that the caller made. Faults: `link_missing`, `not_yours`. */
    removeByCode: async (caller: Caller, code: string): Promise<void> =>
      removeOwn(caller, [await meantBy(store, caller, code)]),

    /**
     * As `removeByCode`, also by the link's id, unless a link of one's own has or had that code: a deletion
     * sent twice must not hit another link. Fault: `code_invalid` for what can be neither, too.
     */
    removeNamed: async (caller: Caller, name: string): Promise<void> => {
      if (!/^[A-Za-z0-9_-]+$/.test(name) || name.length > bounds.code)
        throw new Fault('code_invalid')
      const named = await meantBy(store, caller, name)
      const isTheirs = named !== null && isMaker(caller, named)
      await removeOwn(caller, isTheirs ? [named] : [named, await byId(name)])
    },
  }
}
