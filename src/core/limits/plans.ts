import type { Account, Plan, Store } from '../../store'
import type { Clock } from '../clock'

/** The plans of a new installation; administrators edit them afterwards. */
export const seededPlans = [
  {
    name: 'free',
    requestsPerHour: 100,
    mintKeys: false,
    customCodes: false,
    allExports: false,
    fullStats: false,
    apiAccess: false,
  },
  {
    name: 'pro',
    requestsPerHour: 1000,
    mintKeys: true,
    customCodes: true,
    allExports: true,
    fullStats: true,
    apiAccess: true,
  },
  {
    name: 'enterprise',
    requestsPerHour: null,
    mintKeys: true,
    customCodes: true,
    allExports: true,
    fullStats: true,
    apiAccess: true,
  },
] as const satisfies readonly Plan[]

/** Which plan an account is on now. */
export const plans = ({ store, clock }: { store: Store; clock: Clock }) => {
  const free: Plan = seededPlans[0]
  return {
    /** The plan in force: the account's own, or `free` once that has expired. */
    async of(account: Pick<Account, 'plan' | 'planExpiresAt'>): Promise<Plan> {
      const until = account.planExpiresAt
      const name = until !== null && until.getTime() <= clock.now() ? 'free' : account.plan
      return (await store.plans.byName(name)) ?? free
    },
  }
}
