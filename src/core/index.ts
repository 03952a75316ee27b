export type {
  Account,
  Answers,
  CampaignWithLinks,
  CountedLink,
  Dimension,
  Domain,
  Filter,
  Key,
  Link,
  LinkShare,
  LinkSort,
  LinkSortColumn,
  LoggedClick,
  Plan,
  Point,
  SessionRow,
  Share,
  Step,
  TrustedDevice,
  Webhook,
  WebhookDelivery,
} from '../store'
export { dimensions, linkSortColumns, linkStates } from '../store'
export { accountsWith } from './access'
export type { AccountEdit } from './accounts/accounts'
export { guestLifetime } from './accounts/guests'
export { linkPasswordLimit } from './accounts/password-limit'
export { longestPasswordWait, mostHashes } from './accounts/password-lines'
export type { Hashing, Passwords } from './accounts/passwords'
export { readEmail } from './accounts/person'
export { clockSlack, sessionIdle, sessionLifetime } from './accounts/sessions'
export { forgetTrustedDevice, listTrustedDevices } from './accounts/trusted-devices'
export type { LimitRow } from './admin'
export type { Blocklist, BlocklistSource } from './blocklist/blocklist'
export type { Caller, Session } from './caller'
export * from './campaigns'
export type { Clock } from './clock'
export { type Core, createCore } from './create-core'
export { noInstant, readDay, readInstant } from './dates'
export * from './domains/domains'
export { plainHost, plainOrigin } from './domains/host'
export { defaultDomain } from './domains/hosts'
export { Fault, type FaultDetail, type FaultKind, faultKinds } from './fault'
export { hashSecret, type KeyKinds } from './keys/keys'
export type { Buckets, Level } from './limits/bucket'
export { ceilings } from './limits/ceilings'
export type { Limit } from './limits/limits'
export { networkOf, payerOf } from './limits/payer'
export { seededPlans } from './limits/plans'
export * from './links/bulk'
export type { LinkChange } from './links/change'
export { type CodeVerdict, checkCode } from './links/check-code'
export type { Random } from './links/code'
export {
  accountOf,
  bindLinks,
  createLink,
  findExportableLink,
  findLinkByCode,
  findOwnLink,
  findReadableLink,
  requireFullStats,
  spendRedirect,
} from './links/create'
export * from './links/delete'
export { type Draft, redirectStatuses } from './links/draft'
export {
  deleteLinkById,
  editLink,
  findExportableLinkById,
  findLinkById,
  findLinkFor,
  type LinkEdit,
} from './links/edit'
export type { GuestDraft } from './links/guest-links'
export { findLinkIds, type LinkFilter, readAllLinks, searchLinks } from './links/list'
export { isOver, type LinkStatus, linkStatus, linkStatuses } from './links/status'
export { type Settings, settingNames } from './settings'
export { inSlices } from './slices'
export type { LiveClick } from './stats/live'
export { fillGaps, percentage, previous, type Span, stepFor } from './stats/series'
export type { Breakdown, StatsQuery, StatsReport } from './stats/stats'
export { type Outgoing, webhookEvents } from './webhooks/webhooks'
