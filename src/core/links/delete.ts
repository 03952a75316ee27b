import { bounds } from '../../bounds'
import type { Link } from '../../store'
import { isMaker, may } from '../access'
import type { Caller } from '../caller'
import type { CoreContext } from '../context'
import { Fault } from '../fault'
import { accountOf, meantBy } from './create'

type Context = Pick<CoreContext, 'store' | 'clock' | 'tellLinkChange'>

/** Deletes a link: from the next request on it answers 410. False when it already was deleted. */
export async function deleteLink(
  { store, clock, tellLinkChange }: Context,
  link: Link,
): Promise<boolean> {
  const done = await store.links.retire(link.id, new Date(clock.now()))
  if (done) tellLinkChange({ kind: 'deleted', link })
  return done
}

/** Deletes a link that the caller made; bound links stay: they are their makers'. Faults: `link_missing`, `not_yours`. */
export async function deleteLinkByCode(core: Context, caller: Caller, code: string): Promise<void> {
  await deleteOwn(core, caller, [await meantBy(core.store, caller, code)])
}

/**
 * As `deleteLinkByCode`, also by the link's id, unless a link of one's own has or had that code: a deletion
 * sent twice must not hit another link. Fault: `code_invalid` for what can be neither, too.
 */
export async function deleteLinkByCodeOrId(
  core: Context,
  caller: Caller,
  name: string,
): Promise<void> {
  if (!/^[A-Za-z0-9_-]+$/.test(name) || name.length > bounds.code) throw new Fault('code_invalid')
  const named = await meantBy(core.store, caller, name)
  const isTheirs = named !== null && isMaker(caller, named)
  await deleteOwn(core, caller, isTheirs ? [named] : [named, await withId(core, name)])
}

async function withId({ store }: Context, name: string): Promise<Link | null> {
  return /^\d{1,15}$/.test(name) ? ((await store.links.counted(Number(name)))?.link ?? null) : null
}

/** Deletes whichever of some links the caller made. */
async function deleteOwn(core: Context, caller: Caller, found: readonly (Link | null)[]) {
  accountOf(caller)
  const kept = found.filter((link) => link !== null).filter(({ deletedAt }) => deletedAt === null)
  const own = kept.find((link) => may('account', 'delete', caller, link, core.clock.now()))
  if (own !== undefined && (await deleteLink(core, own))) return
  throw new Fault(own === undefined && kept.length > 0 ? 'not_yours' : 'link_missing')
}
