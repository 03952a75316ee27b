import type { Link, Store } from '../store'
import type { Caller } from './caller'
import { bounds } from './draft'
import { Fault } from './fault'
import { defaultDomain } from './hosts'
import { accountOf } from './links'

type Needs = { store: Store; remove: (link: Link) => Promise<boolean> }

/** Deleting by whatever name a caller has for a link. */
export const linkRemoval = ({ store, remove }: Needs) => {
  const named = async (name: string): Promise<Link[]> => {
    const byCode = await store.links.byCode(defaultDomain, name)
    const id = /^\d{1,15}$/.test(name) ? Number(name) : null
    const byId = id === null ? null : await store.links.counted(id)
    return [byCode, byId?.link ?? null]
      .filter((link) => link !== null)
      .filter(({ deletedAt }) => deletedAt === null)
  }

  return {
    /**
     * Deletes a link that the caller made, named by its code or by its id; a bound one stays, it is its
     * maker's. Faults: `code_invalid` for what can be neither, `link_missing`, `not_yours`.
     */
    removeNamed: async (caller: Caller, name: string): Promise<void> => {
      const account = accountOf(caller)
      if (!/^[A-Za-z0-9_-]+$/.test(name) || name.length > bounds.code)
        throw new Fault('code_invalid')
      const found = await named(name)
      const own = found.find(({ ownerId }) => ownerId === account.id)
      if (own !== undefined && (await remove(own))) return
      throw new Fault(own === undefined && found.length > 0 ? 'not_yours' : 'link_missing')
    },
  }
}
