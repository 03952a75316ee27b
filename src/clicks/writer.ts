import type { NewClick, Store } from '../store'
import type { RawClick } from './enrich'
import { createForgetting } from './forgetting'
import { createQueue } from './queue'

/** Clicks stored in one transaction at most. */
export const mostAtOnce = 1000

const firstRetry = 250
const lastRetry = 2000

type Needs = {
  store: Store
  clock: { now: () => number; monotonic: () => number }
  enrich: (raw: RawClick) => Promise<NewClick>
  onStored: (clicks: readonly NewClick[]) => void
  config: { clickFlushMs: number; clickRetentionDays: number }
  log: { warning: (message: string, properties?: Record<string, unknown>) => void }
}

/** The background batch writer: a bounded queue, stored by size and age, retried until it works. */
export const createWriter = ({ store, clock, enrich, onStored, config, log }: Needs) => {
  const queue = createQueue(clock, log)
  const forget = createForgetting({ store, clock, config })
  /** the first of the queue, enriched and not stored yet */
  let batch: NewClick[] = []
  let timer: ReturnType<typeof setTimeout> | null = null
  let working: Promise<void> | null = null
  let closed = false
  let retryMs = firstRetry
  const counts = { stored: 0, flushMs: 0, failingSince: null as number | null }

  const record = (click: RawClick) => {
    queue.push(click)
    if (queue.length() === mostAtOnce) schedule(0)
    else if (timer === null && working === null) schedule(config.clickFlushMs)
  }

  const schedule = (ms: number) => {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => {
      timer = null
      void flush()
    }, ms)
    timer.unref()
  }

  /** Stores one batch after the other until nothing waits, or the database refuses. */
  const flush = (): Promise<void> => {
    working ??= work().finally(() => {
      working = null
      const failing = counts.failingSince !== null
      if (queue.length() > 0 && !closed) schedule(failing ? retryMs : config.clickFlushMs)
    })
    return working
  }

  const work = async () => {
    const full = queue.length()
    for (let done = 0; done < full; done += mostAtOnce) {
      if (done > 0) await new Promise((resolve) => setImmediate(resolve)) // redirects go first
      if (!(await storeNext())) return
    }
    await forget().catch(refused)
  }

  const storeNext = async (): Promise<boolean> => {
    try {
      if (batch.length === 0) batch = await Promise.all(queue.first(mostAtOnce).map(enrich))
      const begin = clock.monotonic()
      if (batch.length > 0) await store.clicks.append(batch)
      counts.flushMs = clock.monotonic() - begin
    } catch (error) {
      refused(error)
      return false
    }
    accepted()
    return true
  }

  const accepted = () => {
    const stored = batch
    batch = []
    queue.shift(stored.length)
    counts.stored += stored.length
    counts.failingSince = null
    retryMs = firstRetry
    if (stored.length > 0) onStored(stored)
  }

  const refused = (error: unknown) => {
    if (counts.failingSince === null)
      log.warning('clicks can’t be stored now and wait: {error}', { error: String(error) })
    counts.failingSince ??= clock.monotonic()
    retryMs = Math.min(lastRetry, retryMs * 2)
  }

  const drain = async () => {
    if (working !== null) await working
    while (queue.length() > 0) {
      await flush()
      if (counts.failingSince !== null) return
    }
  }

  return {
    record,
    drain,
    close: async () => {
      await drain()
      closed = true
      if (timer !== null) clearTimeout(timer)
    },
    figures: () => ({ ...queue.figures(), ...counts }),
  }
}
