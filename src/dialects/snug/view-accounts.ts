import type { Wire } from '../../api'
import type { Account, Plan } from '../../core'
import type * as schema from './schema-accounts'
import { instant, instantOrNull, readInstant } from './view'

/** An account, without anything secret. */
export const account = (row: Account): Wire<typeof schema.account> => ({
  id: row.id,
  kind: row.kind,
  role: row.role,
  email: row.email,
  displayName: row.displayName,
  plan: row.plan,
  suspended: row.suspended,
  emailProved: row.emailVerified,
  linksStay: row.linksStay,
  planExpiresAt: instantOrNull(row.planExpiresAt),
  twoFactorEnabled: row.twoFactorEnabled,
  createdAt: instant(row.createdAt),
})

/** A plan. */
export const plan = (row: Plan): Wire<typeof schema.plan> => ({
  name: row.name,
  requestsPerHour: row.requestsPerHour,
  mintKeys: row.mintKeys,
  customCodes: row.customCodes,
  allExports: row.allExports,
  fullStats: row.fullStats,
  apiAccess: row.apiAccess,
})

/** What a body asks of an account. */
export const edit = <B extends Wire<typeof schema.accountPatch>>({
  planExpiresAt,
  ...rest
}: B) => ({
  ...rest,
  planExpiresAt: readInstant(planExpiresAt),
})
