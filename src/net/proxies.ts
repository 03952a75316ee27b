import ipaddr from 'ipaddr.js'
import proxyAddr from 'proxy-addr'
import { plainOrigin } from '../core'

/** A host with an optional port, as it may stand in a URL. */
const wellFormedHost = /^(?:[a-z0-9_](?:[a-z0-9_.-]{0,252})|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i

export type ProxyTrust = ReturnType<typeof createProxyTrust>

/**
 * Who is at the other end and under which address they know us, behind trusted proxies or not. `warn`
 * is told once of a private peer that forwards for others although nobody trusts it: a proxy, most likely.
 */
export const createProxyTrust = (
  config: { trustedProxies: string[]; baseUrl: string | null },
  warn: (peer: string) => void = () => {},
) => {
  const trust = trustOf(config.trustedProxies)
  const someTrusted = config.trustedProxies.length > 0
  const trusts = (peer: string) => someTrusted && trust(normalise(peer), 0)

  let untrusted: string | null = null
  const notice = (peer: string) => {
    if (untrusted !== null || !ipaddr.isValid(peer)) return
    if (!['private', 'loopback', 'uniqueLocal', 'linkLocal'].includes(ipaddr.parse(peer).range()))
      return
    untrusted = peer
    warn(peer)
  }

  /** What proxies say of a request in a header: of several the outermost that is trusted; null from others. */
  const forwarded = ({ headers }: Request, peer: string, name: string): string | null => {
    const said = trusts(peer) ? headers.get(name) : null
    if (said === null || !said.includes(',')) return said
    const parts = nearest(said).split(',')
    const hops = trustedHops(headers.get('x-forwarded-for'), normalise(peer), trust)
    return parts.at(-Math.min(hops, parts.length))?.trim() ?? null
  }

  const host = (request: Request, peer: string): string =>
    forwarded(request, peer, 'x-forwarded-host') || hostOf(request)

  return {
    trusts,
    /** Whether any proxy is trusted at all: if not, forwarding headers need not even be read. */
    someTrusted,
    /** Whether there is one origin only, whatever a request says. */
    isFixed: config.baseUrl !== null,
    /** The first private peer that sent forwarding headers in vain; null when none did. */
    untrusted: () => untrusted,

    /** The client's address: the peer, unless trusted; then the right-most untrusted forwarded one. */
    address: (peer: string, forwardedFor: string | null): string => {
      const direct = normalise(peer)
      if (forwardedFor === null) return direct
      if (!trusts(direct)) {
        notice(direct)
        return direct
      }
      const found = proxyAddr(asForwarded(forwardedFor, direct), trust)
      return ipaddr.isValid(found) ? normalise(found) : direct
    },

    /** The host the client asked for, as it was sent; empty when there is none. */
    host,

    /** The origin the client reached us under, no slash at the end; the configured one always wins. */
    origin: (request: Request, peer: string): string => {
      if (config.baseUrl !== null) return config.baseUrl
      const asked = host(request, peer)
      const proto = forwarded(request, peer, 'x-forwarded-proto')?.toLowerCase()
      const scheme = proto === 'https' || request.url.startsWith('https:') ? 'https' : 'http'
      const origin = wellFormedHost.test(asked) ? plainOrigin(`${scheme}://${asked}`) : null
      return origin ?? `${scheme}://localhost`
    },
  }
}

/** A request as the library that walks through forwarded addresses knows it. */
const asForwarded = (forwardedFor: string | null, direct: string) => {
  const headers = forwardedFor === null ? {} : { 'x-forwarded-for': nearest(forwardedFor) }
  const request = { headers, socket: { remoteAddress: direct }, connection: {} }
  return request as unknown as Parameters<typeof proxyAddr>[0]
}

/** How many trusted proxies hand a request on, each of which may have added its own part to a list. */
const trustedHops = (
  forwardedFor: string | null,
  direct: string,
  trust: ReturnType<typeof trustOf>,
) => Math.max(1, proxyAddr.all(asForwarded(forwardedFor, direct), trust).length - 1)

/** Characters of a list by proxies that are read: a dozen proxies fit, and a client may send any number. */
const longestForwarded = 1024

/** The end of a long list, which the nearest proxies wrote. */
const nearest = (list: string) => {
  if (list.length <= longestForwarded) return list
  const end = list.slice(-longestForwarded)
  return end.slice(end.indexOf(',') + 1)
}

/** Compiles the names and CIDRs of `SNUG_TRUSTED_PROXIES`; throws on one that is neither. */
export const trustOf = (proxies: readonly string[]) =>
  proxyAddr.compile(
    proxies.flatMap((proxy) => (proxy === 'private' ? ['uniquelocal', 'linklocal'] : [proxy])),
  )

/** An IPv4 address in the one way that most come in, which is how it is written anyway. */
const plainAddress = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/

/** Every address in one way of writing it; looking at the plain ones first saves a quarter of a click’s time. */
const normalise = (address: string) => {
  if (plainAddress.test(address)) return address
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : '0.0.0.0'
}

const hostOf = (request: Request) =>
  request.headers.get('host') ?? URL.parse(request.url)?.host ?? ''
