import type { Link, Store } from '../../store'
import { type Judged, type LinkStatus, linkStatus } from '../links/status'
import { createListeners } from '../listeners'

export type Suspensions = Awaited<ReturnType<typeof createSuspensions>>

/**
 * The suspended accounts, known by heart: every redirect asks whether its link's owner is one, and no
 * account's links need be walked when it becomes one. `refresh` is called after any change of an account,
 * and again and again, because a command beside the server may have suspended somebody.
 */
export async function createSuspensions({ accounts }: Pick<Store, 'accounts'>) {
  let suspended = new Set<number>()
  /** those whose links are closed, too */
  let closed = new Set<number>()
  let version = ''
  const changes = createListeners<void>()

  async function refresh(): Promise<void> {
    const latest = await accounts.suspensionsVersion()
    if (latest === version) return
    const rows = await accounts.suspended()
    suspended = new Set(rows.map(({ id }) => id))
    closed = new Set(rows.filter(({ linksStay }) => !linksStay).map(({ id }) => id))
    version = latest
    changes.tell()
  }
  await refresh()

  return {
    /** Learns of accounts that were suspended or let go on since. */
    refresh,

    /** Whether an account is suspended. */
    has: (accountId: number): boolean => suspended.has(accountId),

    /** Judges whether anybody may follow a link at this moment: those of suspended accounts are closed. */
    gateOf: (link: Judged & Pick<Link, 'ownerId'>, now: number): LinkStatus =>
      link.deletedAt === null && closed.has(link.ownerId) ? 'closed' : linkStatus(link, now),

    /** Calls back whenever an account was suspended or may go on. */
    onChanged: changes.add,
  }
}
