export { resolveTxt } from './dns'
export { bodyOf, readBytes, withAnswer } from './fetch'
export { createPost, isPublic, type Outcome, type Resolve } from './outbound'
export { createProxyTrust, type ProxyTrust, trustOf } from './proxies'
