import ipaddr from 'ipaddr.js'

/** Longest name of a host, and longest part of one between two dots, in characters (RFC 1035). */
const longestName = 253
const longestLabel = 63

/** Ports that http and https have anyway, so that nobody writes them. */
const usualPorts = ['', '80', '443']

/** A host with an optional port, as the authority of a URL or a `Host` header has it. */
const hostAndPort = /^(\[[0-9a-f:.]+\]|[^\s/?#@:\\[\]]+)(?::(\d*))?$/i

/** Names that URLs print as they are: small letters, no number at the end. */
const plainName = /^(?:[a-z0-9_-]{1,63}\.)*[a-z_-][a-z0-9_-]{0,62}$/

/** Whether a name needs no parser, which most do not; redirects wait for this. */
const isPlain = (name: string) =>
  name.length <= longestName && plainName.test(name) && !name.includes('xn--')

/**
 * Returns the one spelling of a host, by which hosts are compared: small letters, Punycode, addresses in
 * their usual form, without the dot that may end a name and without the ports 80 and 443. Null: there is
 * no such host.
 */
export const plainHost = (host: string): string | null => {
  if (isPlain(host)) return host
  const [, written = '', digits = ''] = hostAndPort.exec(host) ?? []
  const name = spelled(written)
  const port = digits === '' ? '' : String(Number(digits))
  if (name === null || Number(port) > 65_535) return null
  return usualPorts.includes(port) ? name : `${name}:${port}`
}

/**
 * Returns the origin of a web address, its host in its one spelling; the port is left out only where its
 * scheme has it anyway. Null: it is none.
 */
export const plainOrigin = (address: string): string | null => {
  const url = URL.parse(address)
  if (url === null || !/^https?:$/.test(url.protocol)) return null
  const name = spelled(url.hostname)
  return name && `${url.protocol}//${name}${url.port === '' ? '' : `:${url.port}`}`
}

/** The spelling of a name or address; null for what is neither. */
const spelled = (written: string): string | null => {
  const text =
    written.length <= longestName + 1 ? written.toLowerCase().replace(/\.$/, '') : written
  if (isPlain(text)) return text
  const name = URL.parse(`http://${written}/`)?.hostname.replace(/\.$/, '') ?? ''
  if (name.startsWith('[')) return plainAddress(name)
  const labels = name.split('.')
  const fits = labels.every((label) => label !== '' && label.length <= longestLabel)
  return fits && name.length <= longestName ? name : null
}

/** An IPv6 address; one that stands for an IPv4 address is written as that. */
const plainAddress = (name: string): string => {
  const address = ipaddr.process(name.slice(1, -1))
  return address.kind() === 'ipv4' ? address.toString() : name
}
