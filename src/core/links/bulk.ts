import { changesNothing, type Link, type LinkPatch } from '../../store'
import { may, type Right } from '../access'
import type { Caller } from '../caller'
import type { CoreContext } from '../context'
import { Fault } from '../fault'
import { inSlices } from '../slices'
import { accountOf, createLink, mustOwnCampaign } from './create'
import type { Draft } from './draft'
import { type LinkEdit, settingsOf } from './edit'

/** What can be done to many links at once. */
export type BulkEdit = Pick<LinkEdit, 'folder' | 'campaignId' | 'enabled'> & {
  addTags?: readonly string[]
  removeTags?: readonly string[]
}

/** What became of a bulk change: links that changed, ids of none of the caller's links, and refusals. */
export type BulkOutcome = {
  changed: Link[]
  missing: number[]
  refused: { id: number; fault: Fault }[]
}

/**
 * Makes many links; each is made or refused on its own, one that was refused before included. Answers one
 * outcome a draft, in their order. Fault: `key_missing`.
 */
export async function createLinks(
  core: Pick<CoreContext, 'store' | 'plans' | 'newLinks' | 'tellLinkChange' | 'bulkLine'>,
  caller: Caller,
  drafts: readonly (Draft | Fault)[],
): Promise<(Link | Fault)[]> {
  accountOf(caller)
  const make = (draft: Draft) => createLink(core, caller, draft).catch(faultOnly)
  let last: Promise<unknown> = Promise.resolve()
  /** Passwords one after the other, so that a long list takes one place in their line. */
  const makeInTurn = (draft: Draft) => {
    const made = last.then(() => make(draft))
    last = made.catch(() => {})
    return made
  }
  const outcomes: (Fault | Promise<Link | Fault>)[] = []
  await core.bulkLine(async () => {
    await inSlices(drafts, (draft) => {
      if (draft instanceof Fault) outcomes.push(draft)
      else outcomes.push(draft.password ? makeInTurn(draft) : make(draft))
    })
    const isQuick = (_: unknown, at: number) => !(drafts[at] as Draft).password
    await Promise.allSettled(outcomes.filter(isQuick))
  })
  return Promise.all(outcomes)
}

type ChangingContext = Pick<CoreContext, 'store' | 'clock' | 'tellLinkChange' | 'bulkLine'>

/** Changes many links alike. Faults: `key_missing`, `input_invalid` for a foreign campaign. */
export async function editLinks(
  core: ChangingContext,
  caller: Caller,
  ids: readonly number[],
  { addTags = [], removeTags = [], ...edit }: BulkEdit,
): Promise<BulkOutcome> {
  await mustOwnCampaign(core.store, [accountOf(caller).id], edit)
  const now = core.clock.now()
  const asksNothing = changesNothing(edit) && addTags.length + removeTags.length === 0
  const outcome = await changeAll(core, { caller, ids, right: 'change' }, (link, followed) => {
    if (asksNothing) return null
    const tags = [...link.tags.filter((tag) => !removeTags.includes(tag)), ...addTags]
    return settingsOf(link, followed, { ...edit, tags }, now)
  })
  await inSlices(outcome.changed, (link) => core.tellLinkChange({ kind: 'updated', link }))
  return outcome
}

/** Deletes many links: from the next request on they answer 410. */
export async function deleteLinks(
  core: ChangingContext,
  caller: Caller,
  ids: readonly number[],
): Promise<BulkOutcome> {
  const deletedAt = new Date(core.clock.now())
  const outcome = await changeAll(core, { caller, ids, right: 'delete' }, () => ({ deletedAt }))
  await inSlices(outcome.changed, (link) => core.tellLinkChange({ kind: 'deleted', link }))
  return outcome
}

async function changeAll(
  { store, clock, bulkLine }: ChangingContext,
  { caller, ids, right }: { caller: Caller; ids: readonly number[]; right: Right },
  judge: (link: Link, followed: () => number) => LinkPatch | null,
): Promise<BulkOutcome> {
  accountOf(caller)
  const now = clock.now()
  const wanted = new Set(ids)
  const missing = new Set(wanted)
  const refused: BulkOutcome['refused'] = []
  const judgeOne = (link: Link, followed: () => number) => {
    if (link.deletedAt !== null || !may('id', right, caller, link, now)) return null
    missing.delete(link.id)
    try {
      return judge(link, followed)
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault
      refused.push({ id: link.id, fault })
      return null
    }
  }
  const changed = await bulkLine(() => store.links.change([...wanted], judgeOne, new Date(now)))
  return { changed, missing: [...missing], refused }
}

const faultOnly = (error: unknown): Fault => {
  if (error instanceof Fault) return error
  throw error
}
