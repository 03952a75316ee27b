import { LRUCache } from 'lru-cache'
import Negotiator from 'negotiator'
import { unknown } from './agent'

/** Characters of a header that are looked at: no browser sends more. */
const longest = 1024

/**
 * Reads the visitor's preferred language, without its region: less to tell people apart by. Remembers
 * the latest headers: there are few different ones.
 */
export const createLanguages = () => {
  const known = new LRUCache<string, string>({ max: 2000 })
  return (header: string | null): string => {
    if (header === null || header.length > longest) return unknown
    const found = known.get(header)
    if (found !== undefined) return found
    const language = preferred(header)
    known.set(header, language)
    return language
  }
}

const preferred = (header: string): string => {
  const [first = '*'] = new Negotiator({ headers: { 'accept-language': header } }).languages()
  return /^([a-z]{2,3})(-|$)/i.exec(first)?.[1]?.toLowerCase() ?? unknown
}
