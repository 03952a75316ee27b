import type { Store } from '../store'
import { Fault } from './fault'

/** The options that administrators may change while the program runs. */
export type Settings = {
  public: boolean
  signup: 'off' | 'open'
  defaultPlan: string
  redirectStatus: number
  clickRetentionDays: number
  honorDnt: boolean
}

type Name = keyof Settings

/** Where the values of all settings lie in the store. */
const row = 'settings'

const isFlag = (value: unknown) => typeof value === 'boolean'
const isOneOf =
  (...choices: unknown[]) =>
  (value: unknown) =>
    choices.includes(value)
const isDays = (value: unknown) =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 36_500

/** What each setting may be, and how that is said. */
const rules: Record<Name, readonly [fits: (value: unknown) => boolean, otherwise: string]> = {
  public: [isFlag, 'must be true or false'],
  signup: [isOneOf('off', 'open'), 'must be off or open'],
  defaultPlan: [(value) => typeof value === 'string', 'must be the name of a plan'],
  redirectStatus: [isOneOf(301, 302, 307, 308), 'must be 301, 302, 307 or 308'],
  clickRetentionDays: [isDays, 'must be a whole number from 0 to 36500'],
  honorDnt: [isFlag, 'must be true or false'],
}

export const settingNames = Object.keys(rules) as readonly Name[]

type Needs = { store: Store; options: Settings }

/**
 * Settings: what an administrator decided, else the option the program started with. Whoever reads
 * `inForce` at the moment of need sees every change at once.
 */
export async function createSettings({ store, options }: Needs) {
  let decided = readStored(await store.settings.get(row))
  const listeners: (() => void)[] = []

  const inForce = Object.defineProperties(
    {},
    Object.fromEntries(
      settingNames.map((name) => [
        name,
        { get: () => decided[name] ?? options[name], enumerable: true },
      ]),
    ),
  ) as Readonly<Settings>

  /** What a change stores: null, which removes the setting, for what the option says anyway. */
  async function toStore(name: string, value: unknown) {
    if (!isName(name)) throw refusal(name, 'is no setting')
    if (value === null || value === options[name]) return null
    const [fits, otherwise] = rules[name]
    const planMissing =
      name === 'defaultPlan' && fits(value) && !(await store.plans.byName(String(value)))
    if (!fits(value) || planMissing) throw refusal(name, otherwise)
    return value
  }

  return {
    inForce,

    /** The settings an administrator decided. */
    decided: (): readonly Name[] => settingNames.filter((name) => decided[name] !== undefined),

    /** The options, with settings in force in their place whenever they are read. */
    over: <O extends Settings>(all: O): O =>
      Object.defineProperties({ ...all }, Object.getOwnPropertyDescriptors(inForce)),

    /** Changes settings by name, null: back to the option. All or nothing. Fault: `input_invalid`. */
    async change(changes: Readonly<Record<string, unknown>>) {
      const fields: Record<string, unknown> = {}
      for (const [name, value] of Object.entries(changes)) fields[name] = await toStore(name, value)
      decided = readStored(await store.settings.merge(row, fields))
      for (const tell of listeners) tell()
    },

    /** Tells of every change. */
    onChanged: (tell: () => void) => {
      listeners.push(tell)
    },
  }
}

const isName = (name: string): name is Name => Object.hasOwn(rules, name)

const refusal = (field: string, reason: string) =>
  new Fault('input_invalid', { field: field.slice(0, 50), reason })

/** Stored values that still fit; another version may have written other ones. */
const readStored = (stored: unknown): Partial<Settings> => {
  const entries = Object.entries((stored ?? {}) as Record<string, unknown>)
  return Object.fromEntries(
    entries.filter(([name, value]) => isName(name) && rules[name][0](value)),
  )
}
