import type { NewClick, Store } from '../store'
import { createBatches } from './batches'
import type { RawClick } from './enrich'
import { createQueue } from './queue'
import { createRetention } from './retention'

/** So many waiting clicks are stored at once, without waiting for more. */
const enough = 1000

const firstRetry = 250
const lastRetry = 2000

/** How often the last clicks are tried to be stored when the program stops and the database refuses. */
const lastTries = 2

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
  const forget = createRetention({ store, clock, config })
  const front = createBatches(queue, enrich)
  let timer: ReturnType<typeof setTimeout> | null = null
  let working: Promise<void> | null = null
  let closed = false
  let retryMs = firstRetry
  const counts = { stored: 0, flushMs: 0, failingSince: null as number | null }

  const record = (click: RawClick) => {
    queue.push(click)
    if (queue.length() === enough) schedule(0)
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
      if (queue.length() > 0 && !closed) schedule(pause())
    })
    return working
  }

  const pause = () => {
    if (counts.failingSince !== null) return retryMs
    return queue.length() < enough ? config.clickFlushMs : 0
  }

  async function work() {
    const full = queue.length()
    for (let done = 0; done < full; ) {
      const stored = await storeNext()
      if (stored === 0) return
      done += stored
    }
    await forget().catch(() => {}) // the job that also forgets tells of it
  }

  /** Stores one batch; answers how many clicks that were, 0: the database refused. */
  async function storeNext(): Promise<number> {
    try {
      const batch = await front.batch()
      const begin = clock.monotonic()
      const storing = store.clicks.append(batch).then(() => {
        counts.flushMs = clock.monotonic() - begin
      })
      await Promise.all([storing, front.lookAhead()])
      return accepted()
    } catch (error) {
      refused(error)
      return 0
    }
  }

  const accepted = (): number => {
    const stored = front.stored()
    counts.stored += stored.length
    counts.failingSince = null
    retryMs = firstRetry
    onStored(stored)
    return stored.length
  }

  const refused = (error: unknown) => {
    if (counts.failingSince === null)
      log.warning('clicks can’t be stored now and wait: {error}', { error: String(error) })
    counts.failingSince ??= clock.monotonic()
    retryMs = Math.min(lastRetry, retryMs * 2)
  }

  async function drain() {
    if (working !== null) await working
    while (queue.length() > 0) {
      await flush()
      if (counts.failingSince !== null) return
    }
  }

  async function close() {
    const lost = await atLast(drain, queue.length)
    closed = true
    if (timer !== null) clearTimeout(timer)
    if (lost > 0) log.warning('{lost} clicks are lost: the database refused to the end', { lost })
  }

  const figures = () => ({ ...queue.figures(), ...counts })

  store.unstored.heldBy({ count: queue.countByLink, drain })
  return { record, drain, close, forget, figures }
}

/** Stores what is left, trying a few times; answers how much could not be stored. */
async function atLast(drain: () => Promise<void>, left: () => number): Promise<number> {
  for (let tries = 1; ; tries++) {
    await drain()
    if (left() === 0 || tries === lastTries) return left()
    await Bun.sleep(firstRetry)
  }
}
