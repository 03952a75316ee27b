import {
  type CountedLink,
  changesNothing,
  type Link,
  type LinkPatch,
  type Store,
} from '../../store'
import { endsBinding, may, type Right } from '../access'
import type { Caller } from '../caller'
import type { CoreContext } from '../context'
import { Fault } from '../fault'
import { accountOf, mustOwnCampaign } from './create'
import { deleteLink } from './delete'
import { type Draft, readSettings, refuse } from './draft'

/** What is asked of an existing link; what is absent stays, null empties. */
export type LinkEdit = Partial<Draft>

/** A link over which the caller holds a right, deleted ones too. Faults: `key_missing`, `link_missing` for any other. */
export async function findLinkFor(
  { store, clock }: Pick<CoreContext, 'store' | 'clock'>,
  caller: Caller,
  id: number,
  right: Right,
): Promise<CountedLink> {
  accountOf(caller)
  const found = await store.links.counted(id)
  if (found === null || !may('id', right, caller, found.link, clock.now()))
    throw new Fault('link_missing')
  return found
}

/** A link with its settings, deleted ones too. Faults: `key_missing`, `link_missing`. */
export async function findLinkById(
  core: Pick<CoreContext, 'store' | 'clock'>,
  caller: Caller,
  id: number,
): Promise<CountedLink> {
  return findLinkFor(core, caller, id, 'readSettings')
}

/**
 * A link whose clicks the caller may take away, as simple CSV or, when the plan includes them, in other
 * formats. Faults: `link_missing`, `plan_required`.
 */
export async function findExportableLinkById(
  core: Pick<CoreContext, 'store' | 'clock' | 'plans'>,
  caller: Caller,
  id: number,
  { simple }: { simple: boolean },
): Promise<Link> {
  const { link } = await findLinkFor(core, caller, id, 'export')
  if (!simple && !(await core.plans.of(accountOf(caller))).allExports)
    throw new Fault('plan_required', { capability: 'allExports' })
  return link
}

/**
 * Changes a link. Its code and domain stay: they are what was handed out. Faults: `link_missing`,
 * `link_gone`, `url_*`, `input_invalid`.
 */
export async function editLink(
  core: Pick<CoreContext, 'store' | 'clock' | 'newLinks' | 'tellLinkChange'>,
  caller: Caller,
  id: number,
  edit: LinkEdit,
): Promise<CountedLink> {
  const { store, clock, tellLinkChange } = core
  const found = await findKept(core, caller, id, 'change')
  if (changesNothing(edit)) return found
  const prepared = await prepare(core, caller, found.link, edit)
  if (edit.maxClicks != null) await store.unstored.drain()
  const now = clock.now()
  const [link] = await store.links.change(
    [id],
    (row, followed) =>
      row.deletedAt === null ? { ...settingsOf(row, followed, edit, now), ...prepared } : null,
    new Date(now),
  )
  if (link === undefined) throw new Fault('link_gone')
  tellLinkChange({ kind: 'updated', link })
  return { ...found, link: edit.maxClicks == null ? link : await countAgain(store, link) }
}

/** Deletes a link: from the next request on it answers 410. Faults: `link_missing`, `link_gone`. */
export async function deleteLinkById(
  core: Pick<CoreContext, 'store' | 'clock' | 'tellLinkChange'>,
  caller: Caller,
  id: number,
): Promise<void> {
  const { link } = await findKept(core, caller, id, 'delete')
  if (!(await deleteLink(core, link))) throw new Fault('link_gone')
}

async function findKept(
  core: Pick<CoreContext, 'store' | 'clock'>,
  caller: Caller,
  id: number,
  right: Right,
): Promise<CountedLink> {
  const found = await findLinkFor(core, caller, id, right)
  if (found.link.deletedAt !== null) throw new Fault('link_gone')
  return found
}

/** The columns that are judged before the change, because they take time. */
async function prepare(
  { store, newLinks }: Pick<CoreContext, 'store' | 'newLinks'>,
  caller: Caller,
  link: Link,
  edit: LinkEdit,
): Promise<LinkPatch> {
  refuseMoves(link, edit)
  await mustOwnCampaign(store, [accountOf(caller).id, link.ownerId], edit)
  const patch: LinkPatch = {}
  if (edit.destination !== undefined)
    patch.destination = await newLinks.judgeDestination(caller, edit.destination)
  if (edit.password !== undefined) {
    readSettings({ password: edit.password }, Number.NEGATIVE_INFINITY)
    patch.passwordHash = edit.password ? await newLinks.hashPassword(caller, edit.password) : null
  }
  return patch
}

/** Counts those against a new ceiling who followed the link while it was being stored. */
async function countAgain(store: Store, link: Link): Promise<Link> {
  await store.unstored.drain()
  const count = (row: Link, followed: () => number) =>
    row.maxClicks === null || followed() <= row.spent ? null : { spent: followed() }
  const [counted] = await store.links.change([link.id], count, link.updatedAt)
  return counted ?? link
}

/**
 * The settings of a link after an edit, judged like a new one's. An expiry that is not touched may have
 * passed. A ceiling counts the clicks before it, too.
 */
export const settingsOf = (
  link: Link,
  followed: () => number,
  edit: LinkEdit,
  now: number,
): LinkPatch => {
  const { domainId, ...settings } = readSettings(
    { ...link, ...edit, password: null },
    edit.expiresAt === undefined ? Number.NEGATIVE_INFINITY : now,
  )
  const isNewCeiling = settings.maxClicks !== null && link.maxClicks === null
  return {
    ...settings,
    ...(isNewCeiling ? { spent: Math.max(link.spent, followed()) } : {}),
    ...(endsBinding(edit, now) ? { boundTo: null } : {}),
  }
}

const refuseMoves = (link: Link, { code, domainId }: LinkEdit) => {
  if (code !== undefined && code !== link.code)
    refuse('code', 'can’t be changed: make another link')
  if (domainId !== undefined && (domainId ?? '') !== link.domainId)
    refuse('domainId', 'can’t be changed: make another link')
}
