import type { NewClick, Store } from '../store'
import { type Countries, openCountries } from './country'
import { createEnrich, type Proxies, type RawClick } from './enrich'
import { createWriter } from './writer'

export { openCountries } from './country'
export type { Proxies, RawClick } from './enrich'

/** The name, in the data folder, of country data that was downloaded. */
export const countryFile = 'country.mmdb'

export type Clicks = ReturnType<typeof createClicks>

type Needs = {
  store: Store
  clock: { now: () => number; monotonic: () => number }
  random: (bytes: number) => Uint8Array
  proxies: Proxies
  config: { geoipDb: string | null; clickFlushMs: number; clickRetentionDays: number }
  log: { warning: (message: string, properties?: Record<string, unknown>) => void }
}

/** From a followed link to a stored row: `record` is a push, everything else happens at the flush. */
export const createClicks = ({ store, clock, random, proxies, config, log }: Needs) => {
  const countries: Countries = openCountries(config.geoipDb, log.warning)
  const saltOf = saltsOf(store, random)
  const enrich = createEnrich(proxies, countries, saltOf)
  const listeners = new Set<(clicks: readonly NewClick[]) => void>()
  const writer = createWriter({
    store,
    clock,
    enrich,
    log,
    config,
    onStored: (clicks) => {
      for (const tell of listeners) tell(clicks)
    },
  })
  return {
    /** Notes a click; never waits and never fails. */
    record: (click: RawClick) => writer.record(click),
    /** Resolves when everything noted so far is stored. */
    drain: () => writer.drain(),
    /** Stores what is left and stops. */
    close: () => writer.close(),
    /** Forgets what is due, also while nobody clicks. */
    forget: () => writer.forget(),
    /**
     * How the pipeline is doing: clicks stored and dropped since the start, and waiting now; how long
     * the latest batch took, in ms; since when the database refuses, on the monotonic clock (null: it
     * does not).
     */
    figures: () => writer.figures(),
    /** Tells of clicks once they are stored; answers how to stop that. */
    subscribe: (tell: (clicks: readonly NewClick[]) => void) => {
      listeners.add(tell)
      return () => listeners.delete(tell)
    },
    /** Which country data is in use. */
    countryData: countries.description,
  }
}

/** Salts, remembered for as long as anybody may still click on their day; asked for once. */
const saltsOf = (store: Store, random: Needs['random']) => {
  const known = new Map<number, Promise<Uint8Array>>()
  async function ask(day: number) {
    try {
      return await store.clicks.salt(day, random(32))
    } catch (error) {
      known.delete(day)
      throw error
    }
  }
  return (day: number): Promise<Uint8Array> => {
    const found = known.get(day)
    if (found !== undefined) return found
    for (const old of known.keys()) if (old < day - 1) known.delete(old)
    const asked = ask(day)
    known.set(day, asked)
    return asked
  }
}
