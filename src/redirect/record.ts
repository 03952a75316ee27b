import type { Clicks } from '../clicks'
import type { Clock } from '../core'
import type { PeerOf, ProxyTrust } from '../net'
import { isPrefetch } from './preview-bots'

type Needs = {
  clicks: Clicks
  client: ProxyTrust
  peerOf: PeerOf
  clock: Clock
  /** read at every visit: administrators change it */
  config: { readonly honorDnt: boolean }
}

/** Makes `record(request, linkId, started, now)`: one push of what was seen, nothing parsed yet. */
export const recorder =
  ({ clicks, client, peerOf, clock, config }: Needs) =>
  (request: Request, linkId: number, started: number, now: number) => {
    const { headers } = request
    clicks.record({
      linkId,
      at: now,
      redirectUs: Math.round((clock.monotonic() - started) * 1000),
      peer: peerOf(request) ?? '',
      host: headers.get('host') ?? '',
      userAgent: headers.get('user-agent'),
      referrer: headers.get('referer'),
      language: headers.get('accept-language'),
      forwardedFor: client.someTrusted ? headers.get('x-forwarded-for') : null,
      cdnCountry: client.someTrusted ? cdnCountry(headers) : null,
      prefetch: isPrefetch(headers),
      untracked: config.honorDnt && (headers.get('dnt') === '1' || headers.get('sec-gpc') === '1'),
    })
  }

/** Country headers of content networks, believed only from trusted proxies. */
const countryHeaders = [
  'cf-ipcountry',
  'cloudfront-viewer-country',
  'x-vercel-ip-country',
  'cdn-requestcountrycode',
]

const cdnCountry = (headers: Headers) => {
  for (const name of countryHeaders) {
    const country = headers.get(name)
    if (country !== null) return country
  }
  return null
}
