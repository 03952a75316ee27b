import { getDomain } from 'tldts'

/** Where a visitor came from: origin and registrable domain; the path is never kept. */
export type Referrer = { origin: string; domain: string }

/** No referrer, or none that is a place on the web. */
export const direct: Referrer = { origin: 'Direct', domain: 'Direct' }

const longest = 255

/** Reads a `Referer` header. */
export const readReferrer = (header: string | null): Referrer => {
  if (header === null || header === '') return direct
  const app = /^android-app:\/\/([\w.]{1,200})/i.exec(header)?.[1]
  if (app !== undefined) return { origin: `android-app://${app}`, domain: app }
  const url = URL.parse(header.slice(0, 4096))
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '') return direct
  if (url.origin.length > longest) return direct
  return { origin: url.origin, domain: domainOf(url.hostname) }
}

const domainOf = (host: string) => getDomain(host, { allowPrivateDomains: true }) ?? host
