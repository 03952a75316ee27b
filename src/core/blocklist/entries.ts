import { plainHost } from '../domains/host'

/** Lines longer than this are no entries. */
const longestLine = 4096

/** What hosts files say of the machine itself. */
const machine = /^(localhost|.*\.local|local|localdomain|.*\.localdomain|broadcasthost|ip6-.*)$/

const address = /^(\d{1,3}(\.\d{1,3}){3}|\[?[0-9a-f]*:[0-9a-f:.]*\]?)$/i

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

const readHost = (text: string): string[] => {
  const host = plainHost(text)
  return host === null || machine.test(host) || address.test(host) ? [] : [host]
}

/** The name of a single entry: a host, a domain or an address; null when it could never match. */
export const readEntry = (entry: string): string | null => {
  const judged = judgeEntry(entry)
  return 'name' in judged ? judged.name : null
}

/** Judges a single entry: its name, or why no destination could ever match it. */
export const judgeEntry = (entry: string): { name: string } | { flaw: string } => {
  const text = entry
    .trim()
    .replace(/^\|\|([^/^$]+)\^?(\$.*)?$/, '$1')
    .replace(/^\*?\./, '')
  if (text === '' || text.length > longestLine) return { flaw: flaws.shape }
  if (/[\s\\]/.test(text)) return { flaw: flaws.shape }
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase()
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') return { flaw: flaws.scheme }
  if (scheme === undefined && !/[/?]/.test(text)) return judgeHost(text)
  return scheme === undefined ? judgePage(`http://${text}`, false) : judgePage(text, true)
}

/** Why an entry can't match, as sentences that follow it. */
const flaws = {
  shape: 'is no host, domain or address',
  scheme: 'is no http or https address',
  host: 'names a host that cannot be',
  wildcard: 'has a * that is not in front of a whole domain',
} as const

const judgeHost = (text: string) => {
  if (text.includes('*')) return { flaw: flaws.wildcard }
  const isBareAddress = address.test(text) && text.includes(':') && !text.startsWith('[')
  const name = plainHost(isBareAddress ? `[${text}]` : text)
  return name === null ? { flaw: flaws.host } : { name }
}

/** A host with a slash behind it is that host; only what has a scheme or a path is a page. */
const judgePage = (text: string, hasScheme: boolean) => {
  const authority = /^\w+:\/\/([^/?#]*)/.exec(text)?.[1] ?? ''
  if (authority.includes('*')) return { flaw: flaws.wildcard }
  const url = authority.includes('@') && !hasScheme ? null : URL.parse(text)
  const site = url === null ? null : plainHost(url.host)
  if (url === null || site === null) return { flaw: flaws.host }
  if (!hasScheme && url.pathname === '/' && url.search === '') return { name: site }
  const page = site + pathOf(url)
  const parameters = parametersOf(url)
  // of several parameters the longest says most; with any others beside it, it is still that page
  const [telling] = parameters.sort((a, b) => b.length - a.length)
  return { name: telling === undefined ? page : `${page}?${telling}` }
}

/**
 * A path as most servers read it: characters that need no `%` written without, no empty parts, no dots
 * that lead up, no slash at the end.
 */
const pathOf = ({ pathname }: URL): string => {
  const parts: string[] = []
  for (const part of pathname.replace(/%[0-9a-f]{2}/gi, unescaped).split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

const unescaped = (bytes: string): string => {
  const code = Number.parseInt(bytes.slice(1), 16)
  return code > 0x20 && code < 0x7f ? String.fromCharCode(code) : bytes.toUpperCase()
}

/** The different parameters of a query, as they read unescaped. */
const parametersOf = ({ search, searchParams }: URL): string[] =>
  search === '' ? [] : [...new Set([...searchParams].map(([name, value]) => `${name}=${value}`))]

/**
 * Every name under which a URL may be listed: the page with any of its parameters or none, its site, its
 * host, and everything behind a dot of that, down to the last part.
 */
export const namesOf = (href: string): string[] => {
  const url = URL.parse(href)
  const site = url === null ? null : plainHost(url.host)
  if (url === null || site === null) return []
  const page = site + pathOf(url)
  const host = site.replace(/:\d+$/, '')
  return [page, ...parametersOf(url).map((one) => `${page}?${one}`), site, ...parentsOf(host)]
}

const parentsOf = (host: string): string[] => {
  if (address.test(host)) return [host]
  const parts = host.split('.')
  return parts.map((_, at) => parts.slice(at).join('.'))
}
