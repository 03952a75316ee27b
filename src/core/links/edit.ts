import {
  type CountedLink,
  changesNothing,
  type Link,
  type LinkPatch,
  type Store,
} from '../../store'
import { endsBinding, may, type Right } from '../access'
import type { Caller } from '../caller'
import type { Clock } from '../clock'
import { Fault } from '../fault'
import type { plans } from '../limits/plans'
import { accountOf, type LinkChange, mustOwnCampaign } from './create'
import { type Draft, readSettings, refuse } from './draft'
import type { NewLinks } from './new-link'

type Needs = {
  store: Store
  clock: Clock
  newLinks: NewLinks
  plans: ReturnType<typeof plans>
  remove: (link: Link) => Promise<boolean>
  onChanged: (change: LinkChange) => void
}

/** What is asked of an existing link; what is absent stays, null empties. */
export type LinkEdit = Partial<Draft>

/** Links one by one, by id: read, changed and deleted by their owner or an administrator. */
export const linkEdit = ({ store, clock, newLinks, plans, ...given }: Needs) => {
  const { remove, onChanged } = given

  /** A link over which the caller holds a right, deleted ones too. Faults: `key_missing`, `link_missing` for any other. */
  const byIdFor = async (caller: Caller, id: number, right: Right): Promise<CountedLink> => {
    accountOf(caller)
    const found = await store.links.counted(id)
    if (found === null || !may('id', right, caller, found.link, clock.now()))
      throw new Fault('link_missing')
    return found
  }

  const kept = async (caller: Caller, id: number, right: Right): Promise<CountedLink> => {
    const found = await byIdFor(caller, id, right)
    if (found.link.deletedAt !== null) throw new Fault('link_gone')
    return found
  }

  /** The columns that are judged before the change, because they take time. */
  const prepare = async (caller: Caller, link: Link, edit: LinkEdit): Promise<LinkPatch> => {
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
  const countAgain = async (link: Link): Promise<Link> => {
    await store.unstored.drain()
    const count = (row: Link, followed: () => number) =>
      row.maxClicks === null || followed() <= row.spent ? null : { spent: followed() }
    const [counted] = await store.links.change([link.id], count, link.updatedAt)
    return counted ?? link
  }

  return {
    byIdFor,

    /** A link with its settings, deleted ones too. Faults: `key_missing`, `link_missing`. */
    byId: (caller: Caller, id: number) => byIdFor(caller, id, 'readSettings'),

    /**
     * A link whose clicks the caller may take away, as simple CSV or, when the plan includes them, in other
     * formats. Faults: `link_missing`, `plan_required`.
     */
    exportableById: async (
      caller: Caller,
      id: number,
      { simple }: { simple: boolean },
    ): Promise<Link> => {
      const { link } = await byIdFor(caller, id, 'export')
      if (!simple && !(await plans.of(accountOf(caller))).allExports)
        throw new Fault('plan_required', { capability: 'allExports' })
      return link
    },

    /**
     * Changes a link. Its code and domain stay: they are what was handed out. Faults: `link_missing`,
     * `link_gone`, `url_*`, `input_invalid`.
     */
    edit: async (caller: Caller, id: number, edit: LinkEdit): Promise<CountedLink> => {
      const found = await kept(caller, id, 'change')
      if (changesNothing(edit)) return found
      const prepared = await prepare(caller, found.link, edit)
      if (edit.maxClicks != null) await store.unstored.drain()
      const now = clock.now()
      const [link] = await store.links.change(
        [id],
        (row, followed) =>
          row.deletedAt === null ? { ...settingsOf(row, followed, edit, now), ...prepared } : null,
        new Date(now),
      )
      if (link === undefined) throw new Fault('link_gone')
      onChanged({ kind: 'updated', link })
      return { ...found, link: edit.maxClicks == null ? link : await countAgain(link) }
    },

    /** Deletes a link: from the next request on it answers 410. Faults: `link_missing`, `link_gone`. */
    removeById: async (caller: Caller, id: number): Promise<void> => {
      const { link } = await kept(caller, id, 'delete')
      if (!(await remove(link))) throw new Fault('link_gone')
    },
  }
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
