/**
 * What may be logged or printed of texts and errors, wherever they come from: no keys, no credentials and
 * queries of URLs, no values of SQL statements, nothing that an error quotes.
 */

/** An address with its parts: scheme and slashes, user, host, path, query and fragment. */
const url =
  /\b([a-z][a-z0-9+.-]*:\/\/)([^\s/?#"'<>]*@)?([^\s/?#"'<>@]*)([^\s?#"'<>]*)([?#][^\s"'<>]*)?/gi

/** Keys of ours, secrets of webhooks, tokens; the mask of a key (`sk_1a2b3c4d_wxyz`) is none. */
const secret = /\b(sk_|a7k_|whsec_|Bearer +|Basic +)[A-Za-z0-9+/=._~-]{9,}/g

/** The parameters of a path that stands without its host. */
const parameter = /([?&][\w.[\]-]+=)[^\s&"']+/g

/** The values of a statement, which Drizzle puts at the end of its message. */
const values = /\nparams: [\s\S]*$/

/** Returns a text without keys, credentials and queries of URLs, and values of SQL statements. */
export const cleanText = (text: string): string =>
  text
    .replace(values, '')
    .replace(url, (_, scheme, user, host, path, query) =>
      [scheme, user === undefined ? '' : '…@', host, path, query === undefined ? '' : '?…'].join(
        '',
      ),
    )
    .replace(secret, (found, kind) => (isMask(found) ? found : `${kind}…`))
    .replace(parameter, '$1…')

const isMask = (text: string) => /^sk_[0-9a-f]{8}_\w{4}$/.test(text)

/** Returns what an error says in one line: of URLs only their hosts, of what it quotes nothing. */
export const cleanMessage = (error: Error): string => {
  const text = cleanText(String(error.message)).replace(url, hostOnly)
  return text.startsWith('Failed query:') ? text : text.replace(/"[^"\n]*"/g, '"…"')
}

const hostOnly = (_: string, scheme: string, _user: string, host: string, path: string) =>
  `${scheme}${host}${path.length > 1 ? '/…' : path}`

/** Causes of an error that are told beside it. */
const mostCauses = 3

/** Returns an error as text: name, code, message, where it was thrown, and the same of its causes. */
export const cleanError = (error: Error, causes = mostCauses): string => {
  const { name, stack = '', cause } = error
  const code =
    'code' in error && error.code !== undefined ? ` ${cleanText(String(error.code))}` : ''
  const places = stack.split('\n').filter((line) => /^\s+at /.test(line))
  const told = [`${name}${code}: ${cleanMessage(error)}`, ...places].join('\n')
  return cause instanceof Error && causes > 0
    ? `${told}\ncaused by ${cleanError(cause, causes - 1)}`
    : told
}

/** Returns a property of a log line as it may be logged; of objects that are no errors nothing. */
export const cleanValue = (value: unknown): unknown => {
  if (typeof value === 'string') return cleanText(value)
  if (value instanceof Error) return cleanError(value)
  if (Array.isArray(value)) return value.map(cleanValue)
  return typeof value === 'object' && value !== null && !(value instanceof Date) ? '{…}' : value
}
