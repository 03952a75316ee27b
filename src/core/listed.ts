import { getDomain } from 'tldts'

/** Lines longer than this are no entries. */
const longestLine = 4096

/** What hosts files say of the machine itself. */
const machine = /^(localhost|.*\.local|local|localdomain|.*\.localdomain|broadcasthost|ip6-.*)$/

const plainHost = /^(?!-)[a-z0-9_-]+(\.[a-z0-9_-]+)*$/
const address = /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:.]*)$/i

/**
 * The entries of a line of a blocklist, under the names that `namesOf` gives a URL: hosts of a hosts
 * file (`0.0.0.0 evil.example`), a domain (`evil.example`, `*.evil.example`, `||evil.example^`) or an
 * address (`https://evil.example/path`). None for comments and whatever else.
 */
export const readLine = (line: string): string[] => {
  if (line.length > longestLine) return []
  const text = line.replace(/(^|\s)[#;].*$/, '').trim()
  if (text === '' || text.startsWith('!') || text.startsWith('[')) return []
  const [first = '', ...hosts] = text.split(/\s+/)
  if (hosts.length > 0) return address.test(first) ? hosts.flatMap(readHost) : []
  const entry = readEntry(first)
  return entry === null || machine.test(entry) ? [] : [entry]
}

/** The name of a single entry: a host, a domain or an address; null when it is none of them. */
export const readEntry = (entry: string): string | null => {
  const text = entry
    .trim()
    .replace(/^\|\|([^/^$]+)\^?(\$.*)?$/, '$1')
    .replace(/^\*?\./, '')
  if (text.length > longestLine || text === '') return null
  if (!/[/?:[]/.test(text)) return hostName(text)
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase()
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') return null
  const url = URL.parse(scheme === undefined ? `http://${text}` : text)
  if (url === null || url.hostname === '' || !/^[^\s@]+$/.test(text)) return null
  return scheme !== undefined || hasPath(url) ? pageName(url) : siteName(url)
}

const readHost = (text: string): string[] => {
  const host = hostName(text)
  return host === null || machine.test(host) || address.test(host) ? [] : [host]
}

const hostName = (text: string): string | null => {
  const lower = text.toLowerCase().replace(/\.$/, '')
  if (plainHost.test(lower)) return lower.length <= 253 ? lower : null
  const host = /^[^\s/?#@:\\]+$/.test(lower) ? URL.parse(`http://${lower}`)?.hostname : undefined
  return host ? plainName(host) : null
}

const hasPath = ({ pathname, search }: URL) => pathname !== '/' || search !== ''

const plainName = (host: string) => host.replace(/\.$/, '')

/** A host with its port, when it has one of its own. */
const siteName = ({ hostname, port }: URL) => plainName(hostname) + (port === '' ? '' : `:${port}`)

/** A single page, whatever the scheme and the fragment. */
const pageName = (url: URL) => siteName(url) + url.pathname + url.search

/** Every name under which a URL may be listed: the page, its site, its host, and that one's parents down to the domain. */
export const namesOf = (href: string): string[] => {
  const url = URL.parse(href)
  if (url === null) return []
  const host = plainName(url.hostname)
  const domain = getDomain(host)
  const names = [pageName(url), siteName(url), host]
  if (domain === null) return names
  for (let parent = host; parent !== domain && parent.includes('.'); ) {
    parent = parent.slice(parent.indexOf('.') + 1)
    names.push(parent)
  }
  return names
}
