import type { Clicks } from './clicks'
import type { Core } from './core'
import type { Store } from './store'
import { minute, second } from './time'

/** Work that is done again and again while the program serves. */
export type Job = { name: string; everyMs: number; run: () => Promise<unknown> }

type Needs = {
  core: Core
  store: Store
  clicks: Pick<Clicks, 'forget'>
  lists: { refresh: () => Promise<unknown> }
  health: { observe: () => Promise<void> }
  webhooks: { deliver: () => Promise<void>; tellExpired: () => Promise<void> }
}

/** The table of periodic work. */
export const jobs = ({ core, store, clicks, lists, health, webhooks }: Needs): readonly Job[] => [
  { name: 'store key uses', everyMs: 5 * second, run: core.keyUses.flush },
  { name: 'erase guest links', everyMs: 10 * minute, run: core.guests.purge },
  { name: 'forget clicks and visitors', everyMs: minute, run: clicks.forget },
  { name: 'sweep texts that no click uses', everyMs: 60 * minute, run: store.clicks.sweepTexts },
  { name: 'checkpoint', everyMs: 10 * second, run: store.upkeep.moveLog },
  { name: 'learn of suspensions', everyMs: second / 2, run: core.suspensions.refresh },
  { name: 'end streams of those who may not listen', everyMs: second / 2, run: core.live.recheck },
  { name: 'watch the database', everyMs: second, run: health.observe },
  { name: 'deliver webhooks', everyMs: second / 2, run: webhooks.deliver },
  { name: 'tell of expired links', everyMs: minute, run: webhooks.tellExpired },
  { name: 'forget old deliveries', everyMs: 60 * minute, run: core.deliveries.forget },
  { name: 'read blocklists again', everyMs: 60 * minute, run: lists.refresh },
  { name: 'delete ended sessions', everyMs: 60 * minute, run: core.sessions.purge },
]

/** Starts every job; one that is still running is not started again. Answers how to stop them. */
export const startJobs = (
  table: readonly Job[],
  failed: (job: string, error: unknown) => void,
): (() => void) => {
  const timers = table.map(({ name, everyMs, run }) => {
    let running = false
    return setInterval(async () => {
      if (running) return
      running = true
      await run().catch((error) => failed(name, error))
      running = false
    }, everyMs)
  })
  return () => {
    for (const timer of timers) clearInterval(timer)
  }
}
