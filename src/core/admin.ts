import type { Account, Plan, Store } from '../store'
import { day } from '../time'
import type { AccountEdit, accounts } from './accounts/accounts'
import type { grants } from './accounts/grants'
import { adminOf } from './accounts/subject'
import type { Blocklist } from './blocklist/blocklist'
import type { Caller } from './caller'
import { Fault } from './fault'
import type { Limit, Limits } from './limits/limits'
import { seededPlans } from './limits/plans'
import type { createSettings, Settings } from './settings'

type Needs = {
  store: Store
  accounts: ReturnType<typeof accounts> & ReturnType<typeof grants>
  settings: Awaited<ReturnType<typeof createSettings>>
  limits: Limits
  blocklist: Blocklist
}

/** A limit as it is in force, beside what its dialect declares. */
export type LimitRow = {
  limit: Limit
  max: number | null
  per: number
  overridden: boolean
}

/** What an administrator says of a limit. */
export type LimitChange = { id: string; max: number | null; per: number }

/** Longest window of a limit: 31 days. */
const longestWindow = 31 * day

/** Whether an administrator knows that nobody has proved the address of an account. */
type Knowing = { unproved?: boolean | undefined }

/** Whether a change gives a role, plan or password to whoever signed up with an address first. */
const givesUnproved = (account: Account, { role, plan, password }: AccountEdit): boolean =>
  account.email !== null &&
  !account.emailVerified &&
  ((role === 'admin' && account.role !== 'admin') ||
    (plan !== undefined && plan !== account.plan) ||
    (password !== undefined && password !== null))

/** What only administrators may do. Every verb first makes sure of that; fault `admin_required`. */
export const administration = ({ store, accounts, settings, limits, blocklist }: Needs) => {
  const asAdmin =
    <A extends unknown[], R>(verb: (...args: A) => R | Promise<R>) =>
    async (caller: Caller, ...args: A): Promise<R> => {
      adminOf(caller)
      return verb(...args)
    }

  const limitRows = (): LimitRow[] =>
    limits.declared.map((limit) => ({ limit, ...limits.inForce(limit) }))

  return {
    /** Makes a verb theirs. */
    asAdmin,

    accounts: asAdmin(accounts.page),
    account: asAdmin(accounts.byId),
    createAccount: asAdmin(accounts.create),

    /**
     * Changes an account. What only the holder of its address may get is refused while nobody has proved
     * that, unless the administrator says so. Faults: those of `accounts.patch`.
     */
    changeAccount: asAdmin(async (id: number, { unproved, ...edit }: AccountEdit & Knowing) => {
      if (unproved !== true && givesUnproved(await accounts.byId(id), edit))
        throw refusal('unproved', 'must be true: nobody has proved the address of this account')
      return accounts.patch(id, edit)
    }),

    removeAccount: asAdmin(accounts.remove),

    /** The account that a customer's key opens, however it stands. Fault: `record_missing`. */
    accountOfKey: asAdmin(accounts.byKey),

    /** All plans, by what they allow an hour. */
    plans: asAdmin(() => store.plans.all()),

    /**
     * Puts plans in the place of all earlier ones; the seeded ones, the default one and those that
     * accounts are on can't be left out. Fault: `input_invalid`.
     */
    changePlans: asAdmin(async (plans: readonly Plan[]) => {
      const names = new Set(plans.map(({ name }) => name))
      if (names.size < plans.length) throw refusal('data', 'names a plan twice')
      const kept = [...seededPlans.map(({ name }) => name), settings.inForce.defaultPlan]
      const missing = kept.find((name) => !names.has(name))
      if (missing !== undefined) throw refusal('data', `must keep the plan ${missing}`)
      const used = await store.plans.replace(plans)
      if (used !== null) throw refusal('data', `leaves out the plan ${used}, which accounts are on`)
      return store.plans.all()
    }),

    /** All limits of all dialects. */
    limits: asAdmin(limitRows),

    /** Changes limits; one that equals what is declared is no longer overridden. Fault: `input_invalid`. */
    changeLimits: asAdmin(async (changes: readonly LimitChange[]) => {
      const fields = Object.fromEntries(
        changes.map((change) => {
          const limit = limits.declared.find(({ id }) => id === change.id)
          if (limit === undefined) throw refusal('id', 'is no limit')
          if (change.per > longestWindow) throw refusal('per', 'must be at most 31 days')
          const { max, per } = change
          return [limit.id, max === limit.max && per === limit.per ? null : { max, per }]
        }),
      )
      limits.override(await store.settings.merge('limits', fields))
      return limitRows()
    }),

    /** The own entries of the blocklist, and how the lists from elsewhere stand. */
    blocklist: asAdmin(() => ({ entries: blocklist.entries(), sources: blocklist.sources() })),

    /** Puts entries in the place of the own ones. Fault: `input_invalid`. */
    changeBlocklist: asAdmin(blocklist.replace),

    /** The settings in force, and which of them an administrator decided. */
    settings: asAdmin(() => ({ values: { ...settings.inForce }, decided: settings.decided() })),

    /** Changes settings by name, null: back to the option. All or nothing. Fault: `input_invalid`. */
    changeSettings: asAdmin(
      (changes: { [K in keyof Settings]?: unknown } & Record<string, unknown>) =>
        settings.change(changes),
    ),
  }
}

const refusal = (field: string, reason: string) => new Fault('input_invalid', { field, reason })
