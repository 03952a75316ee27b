import type { NewClick, Store } from '../store'
import type { RawClick } from './enrich'
import { createForgetting } from './forgetting'
import { createQueue } from './queue'

/** So many waiting clicks are stored at once, without waiting for more. */
export const enough = 1000

/** Clicks stored in one transaction at most: when many wait, larger batches are quicker. */
const mostAtOnce = 4000

/** Clicks looked at in one go: then redirects have their turn, because both share a thread. */
const slice = 50

const firstRetry = 250
const lastRetry = 2000

/** How often the last clicks are tried to be stored when the program stops and the database refuses. */
const lastTries = 3

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

  const work = async () => {
    for (let left = queue.length(); left > 0; left -= mostAtOnce) if (!(await storeNext())) return
    await forget().catch(() => {}) // the job that also forgets tells of it
  }

  const storeNext = async (): Promise<boolean> => {
    try {
      if (batch.length === 0) batch = await inSlices(queue.first(mostAtOnce), enrich)
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

  const close = async () => {
    const lost = await atLast(drain, queue.length)
    closed = true
    if (timer !== null) clearTimeout(timer)
    if (lost > 0) log.warning('{lost} clicks are lost: the database refused to the end', { lost })
  }

  return {
    record,
    drain,
    close,
    forget,
    figures: () => ({ ...queue.figures(), ...counts }),
  }
}

/** Looks at clicks a few at a time, so that redirects come in between. */
const inSlices = async (raw: readonly RawClick[], enrich: Needs['enrich']) => {
  const done: NewClick[] = []
  for (let at = 0; at < raw.length; at += slice) {
    if (at > 0) await new Promise((resolve) => setImmediate(resolve))
    done.push(...(await Promise.all(raw.slice(at, at + slice).map(enrich))))
  }
  return done
}

/** Stores what is left, trying a few times; answers how much could not be stored. */
const atLast = async (drain: () => Promise<void>, left: () => number): Promise<number> => {
  for (let tries = 1; ; tries++) {
    await drain()
    if (left() === 0 || tries === lastTries) return left()
    await Bun.sleep(firstRetry)
  }
}
