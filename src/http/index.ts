export { guestCookie, guestSecretOf } from '../auth'
export { apart, readerOf, unjudged } from './apart'
export { identifyAgain } from './attend'
export { readText } from './body'
export { type Client, createClient, trustOf } from './client'
export { bearer, bodyField, type Credential, header, query } from './credentials'
export {
  type About,
  type Dialect,
  type Kit,
  type PeerOf,
  type SessionOf,
  speak,
  speakElsewhere,
} from './dialect'
export { download } from './download'
export { eventStream } from './event-stream'
export { destination, refusedAs, speakFault, standardWords, type Wire, type Words } from './faults'
export { createHealth } from './health'
export { day, hour, minute } from './limits'
export { mountApis } from './mount'
export { escapeHtml, type Page, page, showPage } from './page'
export { probes } from './probes'
export { reference, type Spoken } from './reference'
export type { Seen } from './seen'
export { signIn, signInLimits } from './sign-in'
export { withStrictTransport } from './strict-transport'
export type { System, SystemFigures } from './system'
export { withWholeUrls } from './whole-url'
