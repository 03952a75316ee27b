export { guestCookie, guestSecretOf } from '../auth'
export { withAbsoluteUrls } from './absolute-url'
export { identifyAgain } from './authenticate'
export { readText } from './body'
export { createProxyTrust, type ProxyTrust, trustOf } from './client'
export { bearer, bodyField, type Credential, header, query } from './credentials'
export {
  type About,
  type Dialect,
  type DialectContext,
  type PeerOf,
  type SessionOf,
  serveDialect,
  serveFallbacks,
} from './dialect'
export { download } from './download'
export { eventStream } from './event-stream'
export {
  destination,
  type FaultMessage,
  refusalOf,
  refusedAs,
  standardMessages,
  type Wire,
} from './faults'
export { createHealth } from './health'
export { itemValidator, unvalidated, validateEach } from './items'
export { day, hour, minute } from './limits'
export { mountApis } from './mount'
export { escapeHtml, type Page, page, showPage } from './page'
export { probes } from './probes'
export { reference, type ServedDialect } from './reference'
export type { RequestLogEntry } from './request-log'
export { signIn, signInLimits } from './sign-in'
export { withStrictTransport } from './strict-transport'
export type { System, SystemStatus } from './system'
