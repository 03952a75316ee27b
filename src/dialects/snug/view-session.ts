import type { About, Wire } from '../../api'
import type { Caller, Plan, Settings } from '../../core'
import type * as schema from './schema-session'
import { account, plan as planView } from './view-accounts'

/** Who is asking, and what this server is. */
export const session = (
  caller: Caller,
  plan: Plan | null,
  { public: isPublic, signup }: Settings,
  {
    version,
    providers,
    needsSetUp,
  }: Pick<About, 'version' | 'providers'> & { needsSetUp: boolean },
): Wire<typeof schema.session> => ({
  account: caller.account === null ? null : account(caller.account),
  plan: plan === null ? null : planView(plan),
  signedIn: caller.session !== null,
  baseUrl: caller.origin,
  public: isPublic,
  signup,
  needsSetUp,
  providers: [...providers],
  version,
})
