import type { Clicks } from '../clicks'
import type { Counters } from '../redirect'
import type { Store } from '../store'

type Needs = {
  clicks: Pick<Clicks, 'figures'>
  store: Pick<Store, 'upkeep'>
  healthy: () => boolean
  figures: Counters
}

/** What is read only when somebody asks. */
export const gauges = ({ clicks, store, healthy, figures }: Needs) => [
  {
    name: 'snug_healthy',
    help: '1 while the database accepts writes',
    read: () => (healthy() ? 1 : 0),
  },
  {
    name: 'snug_link_lookups',
    help: 'Visits since the start whose link was not in the cache; all others were hits',
    read: () => figures.lookups,
  },
  {
    name: 'snug_clicks_waiting',
    help: 'Clicks in memory that are not stored yet',
    read: () => clicks.figures().waiting,
  },
  {
    name: 'snug_clicks_dropped',
    help: 'Clicks lost since the start because the queue was full',
    read: () => clicks.figures().dropped,
  },
  {
    name: 'snug_click_flush_seconds',
    help: 'Time the latest batch of clicks took to store',
    read: () => clicks.figures().flushMs / 1000,
  },
  {
    name: 'snug_database_bytes',
    help: 'Size of the database file',
    read: () => store.upkeep.sizes().database,
  },
  {
    name: 'snug_write_ahead_log_bytes',
    help: 'Size of the write-ahead log beside it',
    read: () => store.upkeep.sizes().log,
  },
]
