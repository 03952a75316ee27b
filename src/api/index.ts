export { guestCookie, guestSecretOf } from '../auth'
export { identifyAgain } from './authenticate'
export { bearer, bodyField, type Credential, header, query } from './credentials'
export {
  type About,
  type Dialect,
  type DialectContext,
  type SessionOf,
  serveDialect,
  serveFallbacks,
} from './dialect'
export { download } from './download'
export {
  destination,
  type FaultMessage,
  refusalOf,
  refusedAs,
  standardMessages,
  type Wire,
} from './errors'
export { eventStream } from './event-stream'
export { itemValidator, unvalidated, validateEach } from './items'
export { mountApis } from './mount'
export { reference, type ServedDialect } from './reference'
export { signIn, signInLimits } from './sign-in'
export type { System, SystemStatus } from './system'
