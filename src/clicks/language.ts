import Negotiator from 'negotiator'
import { unknown } from './agent'

/** The visitor's preferred language, without its region: less to tell people apart by. */
export const readLanguage = (header: string | null): string => {
  if (header === null || header.length > 1024) return unknown
  const [first = '*'] = new Negotiator({ headers: { 'accept-language': header } }).languages()
  return /^([a-z]{2,3})(-|$)/i.exec(first)?.[1]?.toLowerCase() ?? unknown
}
